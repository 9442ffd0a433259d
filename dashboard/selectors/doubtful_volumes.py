"""Products whose litre costs so little that their volume must have been misread ("2,5 l" taken for 25 l)."""

from collections import defaultdict
from statistics import median
from typing import Any

from dashboard.selectors.product_rows import LISTED
from scraping.models import Adapter, Product

TOO_CHEAP = 0.4  # of the median of the grade, in one currency; made-up prices apart
FEWEST = 5  # products that make a median worth comparing with


def doubtful_volumes() -> frozenset[int]:
    """Return the products to keep from being called the cheapest litre: one query."""
    rows: Any = (
        Product.objects.filter(LISTED, latest_spell__price_per_litre__isnull=False)
        .order_by()
        .values_list("id", "grade", "shop__currency", "shop__adapter", "latest_spell__price_per_litre")
    )
    groups: dict[tuple[str, str, bool], list[tuple[int, float]]] = defaultdict(list)
    for product_id, grade, currency, adapter, per_litre in rows:
        groups[grade, currency, adapter == Adapter.DEMO].append((product_id, float(per_litre)))
    doubtful: set[int] = set()
    for members in groups.values():
        if len(members) >= FEWEST:
            floor = TOO_CHEAP * median(price for _, price in members)
            doubtful.update(product_id for product_id, price in members if price < floor)
    return frozenset(doubtful)
