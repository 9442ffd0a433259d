"""Several products with their prices, for one chart."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from dashboard.history import Stretch
from dashboard.selectors.product import ProductFacts
from dashboard.selectors.product_rows import LISTED, matching, product_rows
from scraping.models import Adapter, PriceSpell, Product


@dataclass(frozen=True, slots=True)
class Compared:
    """One product and its prices of the pack, oldest first."""

    facts: ProductFacts
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ProductToAdd:
    """A product that a search for more to compare finds."""

    id: int
    title: str
    shop: str
    currency: str
    per_litre: Decimal | None


def compared_products(product_ids: Sequence[int]) -> list[Compared]:
    """The products in the order named, with all their prices: two queries."""
    facts = {each.id: each for each in product_rows(ProductFacts, Product.objects.filter(pk__in=product_ids))}
    stretches = stretches_of(facts)
    return [Compared(facts[number], tuple(stretches.get(number, ()))) for number in product_ids if number in facts]


def products_to_add(words: str, *, without: Collection[int], simulated: bool, most: int = 8) -> list[ProductToAdd]:
    """Products that match the words and are not compared yet, the cheapest litre first: one query."""
    demo = Q(shop__adapter=Adapter.DEMO)
    products = Product.objects.filter(LISTED, matching(words), demo if simulated else ~demo).exclude(pk__in=without)
    by_litre = F("latest_spell__price_per_litre").asc(nulls_last=True)
    return list(product_rows(ProductToAdd, products.order_by(by_litre, "id")[:most]))


def stretches_of(product_ids: Collection[int], *, since: date | None = None) -> dict[int, list[Stretch]]:
    """The own prices of several products, oldest first, those seen last before a day left out: one query."""
    spells = PriceSpell.objects.own().filter(product_id__in=product_ids).order_by("product_id", "first_seen")
    if since:
        spells = spells.filter(last_seen__date__gte=since)
    rows: Any = spells.values_list("product_id", "first_seen", "last_seen", "price", "state")
    stretches: dict[int, list[Stretch]] = defaultdict(list)
    for product_id, first, last, price, state in rows:
        stretches[product_id].append(Stretch(first, last, None if price is None else float(price), state))
    return stretches
