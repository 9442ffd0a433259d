"""The way to the first real product: what the terms say, what to switch on, what it does, and how far one is."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.permissions import is_operator, only
from dashboard.selectors.first_product import RealProducts, real_products
from dashboard.selectors.health import all_checks
from scraping.models import Shop


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps are done on this server."""

    reading: bool
    working: bool
    watched: bool
    priced: bool


@require_safe
@only(is_operator)
def first_product(request: HttpRequest) -> HttpResponse:
    """Show the steps, each with whether it is done."""
    products, checks = real_products(), all_checks()
    context = {
        "steps": _steps(products, well=all(checks.get(name, {}).get("ok") for name in ("redis", "beat", "queue"))),
        "watched": products.watched,
        "user_agent": settings.OILWATCH_USER_AGENT,
        "obeys_robots": settings.OILWATCH_OBEY_ROBOTS,
        "seconds": Shop._meta.get_field("seconds_between_requests").default,
        "hours": int(Shop._meta.get_field("visit_interval").default.total_seconds() // 3600),
    }
    return render(request, "first_product.html", context)


def _steps(products: RealProducts, *, well: bool) -> Steps:
    return Steps(
        reading=settings.OILWATCH_SCRAPE_AMAZON,
        working=well,
        watched=products.watched > 0,
        priced=products.priced,
    )
