"""The address of a page in one language: /es/products/1/ beside /products/1/, which speaks the reader's own."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.translation import get_language

YEAR = 365 * 24 * 3600  # seconds
CODES = tuple(code for code, _ in settings.LANGUAGES)
_LANGUAGE = re.compile(rf"/({'|'.join(CODES)})(?=/|$)")


def language_of(path_info: str) -> str:
    """Return the language an address begins with, else an empty string."""
    prefix = _LANGUAGE.match(path_info)
    return prefix.group(1) if prefix else ""


def active_language() -> str:
    """Return the active language as one that the pages have: "es" for "es-mx"."""
    code = (get_language() or "")[:2]
    return code if code in CODES else settings.LANGUAGE_CODE


def page_in(language: str, name: str, args: Sequence[Any] = ()) -> str:
    """Return the address of a page in a language, for whoever reads it elsewhere: in a message, a feed, a search."""
    with translation.override(language):
        return reverse(name, urlconf=settings.OILWATCH_LANGUAGE_URLS, args=args)


def this_page_in(language: str, request: HttpRequest, *, without: Sequence[str] = ()) -> str:
    """Return the address of the open page in a language, with its query but for the parameters named in `without`.

    An empty language gives the address that speaks the reader's own.
    """
    page = _LANGUAGE.sub("", request.path_info, count=1).lstrip("/")
    path = get_script_prefix() + (f"{language}/{page}" if language else page)
    parameters = request.GET.copy()
    for name in without:
        parameters.pop(name, None)
    query = parameters.urlencode()
    return f"{path}?{query}" if query else path


def remember_language(response: HttpResponseBase, language: str) -> None:
    """Addresses without a language speak it from now on, in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
