"""The tour of a platform with simulated prices only: five stops on its real pages, by plain links.

A stop is named in the address (`?tour=2`), so the tour needs neither JavaScript nor a session, and going back is the
browser's own. Only "no more of this" is remembered, in a cookie.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dashboard.permissions import may_add

COOKIE = "tour"
OVER = "over"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: the pages it is on, what it says, and the part of the page it speaks of."""

    pages: frozenset[str]
    title: str | Promise
    text: str | Promise
    part: str


STOPS = (
    Stop(
        frozenset({"market"}),
        _("What is cheap"),
        _(
            "The large figure is the cheapest litre of extra virgin oil in stock now, in any pack. The other "
            "oils are next to it, and all products are below."
        ),
        "today",
    ),
    Stop(
        frozenset({"product"}),
        _("Buy or wait"),
        _(
            "One sentence says what to do, until when and at what price, and how often such advice was "
            "wrong. If there is nothing to gain, it says so. The chart shows why: prices as steps, the "
            "forecast as a shaded range."
        ),
        "advice",
    ),
    Stop(
        frozenset({"accuracy"}),
        _("How accurate are we?"),
        _(
            "Every forecast is kept as it was published and scored once its days have passed, including the "
            "bad ones. Compare it with the simplest guess: “no change”."
        ),
        "record",
    ),
    Stop(
        frozenset({"add", "login"}),
        _("Watch your own product"),
        _(
            "Paste the address of a product. We read its page once and show it before anything is saved. You "
            "need the login that “make up” printed."
        ),
        "watch",
    ),
    Stop(
        frozenset({"product"}),
        _("Alerts, and removing the demo data"),
        _(
            "Set an alert on any product: for a price, a change or its return to stock. To remove all demo "
            "data, run “python manage.py demo --remove”."
        ),
        "alert",
    ),
)


def current_stop(request: HttpRequest, page: str) -> int:
    """Return the number of the stop that the address asks for on this page, or 0."""
    stop = request.GET.get("tour", "")
    number = int(stop) if stop in {str(place) for place in range(1, len(STOPS) + 1)} else 0
    return number if number and page in STOPS[number - 1].pages else 0


def is_over(request: HttpRequest) -> bool:
    """Whether this reader ended the tour."""
    return request.COOKIES.get(COOKIE) == OVER


def address(request: HttpRequest, number: int, product_id: int | None) -> str:
    """Return where a stop is; what needs a login is reached through it."""
    query = f"?tour={number}#tour"
    pages = STOPS[number - 1].pages
    if "add" in pages:
        if may_add(request):
            return reverse("add") + query
        return f"{reverse('login')}?{urlencode({'tour': number, 'next': reverse('add') + f'?tour={number}'})}#tour"
    if "product" in pages:
        return reverse("product", args=[product_id]) + query if product_id else reverse("market")
    return reverse(next(iter(pages))) + query
