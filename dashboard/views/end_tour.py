"""Enough of the tour: remembered by the browser, for nobody else's business."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from dashboard.tour import COOKIE, OVER

YEAR = 365 * 24 * 3600


@require_POST
def end_tour(request: HttpRequest) -> HttpResponse:
    """Go back to the market, which offers it no more."""
    answer = redirect("market")
    answer.set_cookie(COOKIE, OVER, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    return answer
