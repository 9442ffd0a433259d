"""The strip of the tour, on whatever page it stops."""

from typing import Any

from django import template
from django.template import RequestContext

from dashboard import tour
from dashboard.permissions import is_operator
from dashboard.selectors.tour import example_product, only_simulated

register = template.Library()


@register.inclusion_tag("parts/tour.html", takes_context=True)
def tour_strip(context: RequestContext) -> dict[str, Any]:
    """Say where the reader is and what to notice; empty unless the address asks for a stop of this page."""
    request = context.get("request")
    page = getattr(getattr(request, "resolver_match", None), "url_name", None)
    number = tour.current_stop(request, page) if request and page else 0
    if not request or not number or not only_simulated():
        return {}
    shown = example_product()
    last = len(tour.STOPS)
    return {
        "stop": tour.STOPS[number - 1],
        "number": number,
        "last": last,
        "is_operator": is_operator(request),
        "before": tour.address(request, number - 1, shown) if number > 1 else "",
        "after": tour.address(request, number + 1, shown) if number < last else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("parts/tour_invitation.html", takes_context=True)
def tour_invitation(context: RequestContext) -> dict[str, Any]:
    """Offer the tour to whoever has not had enough of it; for a page that knows that all it shows is simulated."""
    request = context["request"]
    offered = not tour.is_over(request) and not tour.current_stop(request, "market")
    return {"offered": offered, "csrf_token": context.get("csrf_token")}
