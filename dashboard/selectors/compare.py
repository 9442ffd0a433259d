"""Several products with their prices, for one chart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dashboard.history import Stretch
from dashboard.selectors.product import ProductFacts
from dashboard.selectors.product_rows import product_rows
from scraping.models import PriceSpell, Product


@dataclass(frozen=True, slots=True)
class Compared:
    """One product and its prices of the pack, oldest first."""

    facts: ProductFacts
    stretches: tuple[Stretch, ...]


def compared_products(product_ids: Sequence[int], *, days: int | None) -> list[Compared]:
    """The products in the order named, each over so many days before the newest visit at any: two queries."""
    facts = {each.id: each for each in product_rows(ProductFacts, Product.objects.filter(pk__in=product_ids))}
    newest = max((each.seen for each in facts.values() if each.seen), default=None)
    spells = PriceSpell.objects.own().filter(product_id__in=facts).order_by("product_id", "first_seen")
    if newest and days:
        spells = spells.filter(last_seen__gte=newest - timedelta(days=days))
    rows: Any = spells.values_list("product_id", "first_seen", "last_seen", "price", "state")
    stretches: dict[int, list[Stretch]] = defaultdict(list)
    for product_id, first, last, price, state in rows:
        begin = max(first, newest - timedelta(days=days)) if newest and days else first
        stretches[product_id].append(Stretch(begin, last, None if price is None else float(price), state))
    return [Compared(facts[number], tuple(stretches[number])) for number in product_ids if number in facts]
