"""An address that begins with a language (/es/...) is in that language, and so is all that its page links to."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import set_urlconf

from dashboard.language_addresses import language_of, remember_language


class LanguageAddressMiddleware:
    """Before Django's LocaleMiddleware, which reads the language from the address once such addresses are known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Other addresses pass as they are."""
        language = language_of(request.path_info)
        if not language:
            return self._get_response(request)
        request.urlconf = settings.OILWATCH_LANGUAGE_URLS
        try:
            response = self._get_response(request)
        finally:
            set_urlconf(None)  # the thread's next request, or test, may be another's
        if _chose(request, language) and response.headers.get("Content-Type", "").startswith("text/html"):
            remember_language(response, language)
        return response


def _chose(request: HttpRequest, language: str) -> bool:
    """Whoever came from a page of this site chose its language; a link from elsewhere is somebody else's choice."""
    came_from = urlsplit(request.headers.get("Referer", "")).netloc
    return came_from == request.get_host() and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language
