"""The largest pack a person buys: chosen in the address, remembered in a cookie for the next visit."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dashboard.query_params.market_query import PACK_LIMITS

COOKIE = "pack"
KEPT = timedelta(days=365)


def usual_pack(request: HttpRequest) -> str:
    """What was chosen last; empty where nothing was."""
    return request.COOKIES.get(COOKIE, "")


def remember_pack(request: HttpRequest, response: HttpResponse) -> None:
    """Keep what the address chooses."""
    chosen = request.GET.get("pack", "")
    if chosen in PACK_LIMITS and chosen != usual_pack(request):
        response.set_cookie(
            COOKIE, chosen, max_age=KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
