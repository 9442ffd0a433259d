"""Prices held for a person: the list, one of them with all prices of its page, and the rules people made."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.permissions import may_decide, only
from dashboard.selectors import held_offers as reads
from scraping.models import PriceRule, QuarantinedOffer
from scraping.selectors import usual_price

PER_PAGE = 25


@require_safe
@only(may_decide)
def held_offers(request: HttpRequest) -> HttpResponse:
    """The prices that wait, and the newest decisions."""
    page = Paginator(reads.waiting_offers(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "decided": reads.decided_offers(), "now": timezone.now()}
    return render(request, "held_offers.html", context)


@require_safe
@only(may_decide)
def held_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One held price: why, every price of its page, and what can be done."""
    held = _held(pk)
    product = held.visit.product
    context = {
        "held": held,
        "product": product,
        "shop": product.shop,
        "doubt": reads.doubt_of(held),
        "rivals": reads.rivals_of(held),
        "choices": reads.price_choices(held),
        "usual": usual_price(product),
        "seen_title": (held.visit.offer or {}).get("offer", {}).get("title", ""),
        "rule": PriceRule.objects.for_product(product),
        "now": timezone.now(),
    }
    return render(request, "held_offer.html", context)


@require_safe
@only(may_decide)
def stored_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored page as text around its prices: never its own markup."""
    held = _held(pk)
    context = {"held": held, "product": held.visit.product, "excerpts": reads.page_excerpts(held)}
    return render(request, "stored_page.html", context)


@require_safe
@only(may_decide)
def price_rules(request: HttpRequest) -> HttpResponse:
    """The rules people made, and the shops whose pages may leave out the place."""
    context = {"rules": reads.rules_with_counts(), "shops": reads.shops_without_place(), "now": timezone.now()}
    return render(request, "price_rules.html", context)


def _held(pk: int) -> QuarantinedOffer:
    rows = QuarantinedOffer.objects.select_related(
        "visit__product__shop", "visit__product__latest_spell", "visit__snapshot", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)
