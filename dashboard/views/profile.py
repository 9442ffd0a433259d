"""One's own profile: password, key to the API, language and theme."""

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dashboard.language_addresses import CODES, active_language, page_in, remember_language
from dashboard.permissions import is_somebody, only
from dashboard.selectors.api_tokens import api_token_created
from dashboard.services.api_tokens import replace_api_token, revoke_api_token
from dashboard.services.preferences import set_preferences
from dashboard.templatetags.languages import NAMES
from dashboard.theme import remember_theme, theme_of


@require_safe
@only(is_somebody)
@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    """Show the profile."""
    return _page(request)


@require_POST
@only(is_somebody)
@never_cache
def new_api_token(request: HttpRequest) -> HttpResponse:
    """Make a key to the API in place of the one before, and show it this once."""
    return _page(request, key=replace_api_token(user=request.user))


@require_POST
@only(is_somebody)
def drop_api_token(request: HttpRequest) -> HttpResponse:
    """Revoke the key to the API."""
    if revoke_api_token(user=request.user):
        messages.success(request, gettext("Key revoked. What used it can no longer sign in."))
    return redirect("profile")


@require_POST
@only(is_somebody)
def save_display(request: HttpRequest) -> HttpResponse:
    """Keep the language, for pages here and for messages, and this browser's theme."""
    language = request.POST.get("language", "")
    if language not in CODES:
        language = active_language()
    set_preferences(user=request.user, language=language)
    response = redirect(page_in(language, "profile"))
    remember_language(response, language)
    remember_theme(response, request.POST.get("theme", ""))
    return response


class ChangePassword(PasswordChangeView):
    """Change one's own password; the session goes on."""

    template_name = "password.html"
    success_url = reverse_lazy("profile")

    def form_valid(self, form):  # type: ignore[no-untyped-def]
        """Save it and say so."""
        messages.success(self.request, gettext("Password changed."))
        return super().form_valid(form)


def _page(request: HttpRequest, *, key: str = "") -> HttpResponse:
    themes = [("", gettext("as the system")), ("light", gettext("light")), ("dark", gettext("dark"))]
    context = {
        "now": timezone.now(),
        "key": key,
        "token_created": api_token_created(request.user),
        "languages": [(code, NAMES[code]) for code in CODES],
        "themes": themes,
        "theme": theme_of(request),
    }
    return render(request, "profile.html", context)
