"""The links between the languages of a page, and to pages that somebody reads elsewhere in their own."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import RequestContext

from dashboard.language_addresses import CODES, active_language, language_of, page_in, this_page_in
from dashboard.texts.alert_message import absolute

NAMES = {"en": "English", "es": "Español"}
# Parameters that show the same page in another way: not another page for whoever searches.
VIEW_ONLY = ("tour", "over", "show")

register = template.Library()


@register.inclusion_tag("parts/language_alternates.html", takes_context=True)
def language_alternates(context: RequestContext) -> dict[str, Any]:
    """Name this page's own address and those of its languages; nothing where there is no such page."""
    request = _request(context)
    if request is None or request.resolver_match is None:
        return {"canonical": "", "alternates": {}}
    own = language_of(request.path_info)
    languages = {"x-default": "", **{code: code for code in CODES}}
    alternates = {name: absolute(this_page_in(code, request, without=VIEW_ONLY)) for name, code in languages.items()}
    return {"canonical": alternates[own or "x-default"], "alternates": alternates}


@register.inclusion_tag("parts/language_switch.html", takes_context=True)
def language_switch(context: RequestContext) -> dict[str, Any]:
    """Link to this page in each language; by its address, so that the link can be passed on."""
    request, active = _request(context), active_language()
    if request is None:
        return {"languages": []}
    return {"languages": [(code, NAMES[code], this_page_in(code, request), code == active) for code in CODES]}


@register.simple_tag
def page_in_language(name: str, *args: Any) -> str:
    """Return the address of a page in the language of the open one, for a reader that sends no language itself."""
    return page_in(active_language(), name, args)


def _request(context: RequestContext) -> HttpRequest | None:
    request: HttpRequest | None = context.get("request")
    return request
