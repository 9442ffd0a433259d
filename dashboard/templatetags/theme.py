"""The reader's theme as an attribute of the page, so that its first frame is right."""

from django import template
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard.theme import theme_of

register = template.Library()


@register.simple_tag(takes_context=True)
def theme_attribute(context: RequestContext) -> SafeString | str:
    """Write `data-theme="dark"`; nothing where the page follows the system."""
    request = context.get("request")
    theme = theme_of(request) if request else ""
    return format_html(' data-theme="{}"', theme) if theme else ""
