"""The API answers with and without the last slash: a redirect would lose the body of a POST."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

API = "/api/"


class LastSlashMiddleware:
    """Adds the slash before the address is resolved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Only below /api/."""
        if request.path_info.startswith(API) and not request.path_info.endswith("/"):
            request.path_info += "/"
            request.path += "/"
        return self._get_response(request)
