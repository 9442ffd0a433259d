"""Who may do what on the pages."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def is_somebody(request: HttpRequest) -> bool:
    """Whoever signed in."""
    return request.user.is_active


def may_add(request: HttpRequest) -> bool:
    """Staff, and people who were given the permission."""
    user = request.user
    return user.is_active and (user.is_staff or user.has_perm("scraping.add_product"))


def is_operator(request: HttpRequest) -> bool:
    """Staff."""
    return request.user.is_active and request.user.is_staff


def may_decide(request: HttpRequest) -> bool:
    """Whoever may decide on held prices, here as in the administration."""
    return request.user.is_active and request.user.has_perm("scraping.change_quarantinedoffer")


def only(allowed: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Send strangers to the login page, and refuse those who signed in but may not."""

    def decorate(view: View) -> View:
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not allowed(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        signed_in: View = login_required(guarded)
        return signed_in

    return decorate
