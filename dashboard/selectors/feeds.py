"""What the feeds tell: the changes of one product, and the deals of the day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from dashboard.deals import AMONG, LEAST_HISTORY, NEW, Deal, Offer, deal
from dashboard.history import Stretch, joined
from dashboard.selectors.product import product_stretches
from dashboard.selectors.product_rows import LISTED
from dashboard.shop_page import shop_page
from forecasting.models import Forecast
from forecasting.policy.advice import Advice
from scraping.models import PriceSpell, Product

MOST_ENTRIES = 50
MOST_FORECASTS = 400  # a year of nights


@dataclass(frozen=True, slots=True)
class AdviceChange:
    """The day the advice became another one."""

    at: datetime
    advice: Advice
    price: float  # of the pack, when it was forecast
    cutoff: date
    probability_of_drop: float | None  # by the last day that was forecast


@dataclass(frozen=True, slots=True)
class DealLine:
    """One deal with what it is called and costs."""

    product_id: int
    title: str
    shop: str
    shop_page: str
    currency: str
    price: Decimal
    per_litre: Decimal
    deal: Deal


def product_changes(product_id: int, *, max_gap: timedelta) -> list[tuple[Stretch | None, Stretch]]:
    """Each change of price or state with what was before it, the newest first: one query."""
    stretches = joined(product_stretches(product_id), max_gap=max_gap)
    changes: list[tuple[Stretch | None, Stretch]] = []
    for stretch in stretches:
        before = changes[-1][1] if changes else None
        if before is None or (before.price, before.state) != (stretch.price, stretch.state):
            changes.append((before, stretch))
    return changes[::-1][:MOST_ENTRIES]


def advice_changes(product_id: int) -> list[AdviceChange]:
    """Each time the published advice changed, the newest first: one query."""
    forecasts = Forecast.objects.ever_served().filter(product=product_id).order_by("-published_at", "-pk")
    rows: list[Any] = list(
        forecasts.values_list("published_at", "advice", "last_price", "cutoff", "skill")[:MOST_FORECASTS]
    )[::-1]
    changes: list[AdviceChange] = []
    action: str = "none"
    for place, (at, advice, price, cutoff, skill) in enumerate(rows):
        before, action = action, advice.action
        cut_off = place == 0 and len(rows) == MOST_FORECASTS  # what was advised before the oldest is not read
        if action != before and not cut_off:
            changes.append(AdviceChange(at, advice, price, cutoff, skill.probability_of_drop))
    return changes[::-1][:MOST_ENTRIES]


def deals(now: datetime) -> list[DealLine]:
    """The deals there are, the newest first: two queries."""
    products: list[Any] = list(
        Product.objects.filter(LISTED, latest_spell__state="in_stock", latest_spell__price_per_litre__isnull=False)
        .filter(latest_spell__last_seen__gte=now - NEW)
        .values_list(
            *("id", "title", "sku", "shop__name", "shop__currency", "grade"),
            *("latest_spell__price", "latest_spell__price_per_litre", "latest_spell__first_seen", "shop__adapter"),
        )
    )
    grades: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in products:
        grades[row[5], row[4]].append(float(row[7]))
    middle = {key: median(prices) for key, prices in grades.items()}
    # What deal() would refuse at a glance; the history is fetched for the rest alone: a fifth of a large catalogue.
    near = [row for row in products if row[8] >= now - NEW and float(row[7]) <= middle[row[5], row[4]]]
    offers = _offers([row[0] for row in near], since=now - NEW - AMONG - LEAST_HISTORY)
    lines = []
    for pk, title, sku, shop, currency, grade, price, per_litre, _, adapter in near:
        offer_deal = deal(offers[pk], per_litre=float(per_litre), grade=grades[grade, currency], now=now)
        if offer_deal is not None:
            page = shop_page(adapter=adapter, shop=shop, sku=sku)
            lines.append(DealLine(pk, title or sku, shop, page, currency, price, per_litre, offer_deal))
    return sorted(lines, key=lambda line: (line.deal.since, line.product_id), reverse=True)[:MOST_ENTRIES]


def _offers(product_ids: list[int], *, since: datetime) -> dict[int, list[Offer]]:
    offers: dict[int, list[Offer]] = defaultdict(list)
    rows = (
        PriceSpell.objects.own()
        .filter(product__in=product_ids, price__isnull=False, last_seen__gte=since)
        .order_by("first_seen")
    )
    for product_id, first, last, price in rows.values_list("product_id", "first_seen", "last_seen", "price"):
        if price is not None:
            offers[product_id].append(Offer(first, last, float(price)))
    return offers
