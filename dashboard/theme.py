"""Light or dark as this browser's reader chose it; without a choice pages follow the system."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR = 365 * 86_400  # seconds


def theme_of(request: HttpRequest) -> str:
    """Return "light", "dark" or, for the system's own, an empty string."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""


def remember_theme(response: HttpResponseBase, theme: str) -> None:
    """Keep the choice in the browser; anything but light or dark follows the system again."""
    if theme in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, theme, max_age=YEAR, secure=secure, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
