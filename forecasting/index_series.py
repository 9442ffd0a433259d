"""The grades' shelves as they were seen: spells -> daily series of prices per litre -> indices."""

import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from forecasting.grade_index import GradeIndex, grade_index
from forecasting.series import Series, Step, daily_series
from scraping.grade import Grade
from scraping.models import Adapter, PriceSpell

SIMULATED = Q(product__shop__adapter=Adapter.DEMO)


@dataclass(frozen=True, slots=True, order=True)
class Basket:
    """What an index is of: a grade in a currency, simulated products apart from real ones."""

    grade: str
    currency: str
    simulated: bool = False


def baskets() -> list[Basket]:
    """Every basket that has a price per litre; what is none of the oils makes no index."""
    rows = (
        _spells()
        .exclude(product__grade=Grade.OTHER)
        .values_list("product__grade", "product__shop__currency", "product__shop__adapter")
    )
    return sorted({Basket(grade, currency, adapter == Adapter.DEMO) for grade, currency, adapter in rows.distinct()})


def index_of(basket: Basket) -> GradeIndex | None:
    """The basket's daily index, from the first day a product of it was seen; None where none ever was."""
    rows: Any = (
        _spells()
        .filter(SIMULATED if basket.simulated else ~SIMULATED)
        .filter(product__grade=basket.grade, product__shop__currency=basket.currency)
        .order_by("product_id", "first_seen")
        .values_list("product_id", "product__shop__timezone", "first_seen", "last_seen", "price_per_litre")
    )
    return grade_index(list(_series(rows.iterator(10_000))))


def _spells() -> Any:
    """Priced spells of known volume; what another product with the same sku cost stays out."""
    return PriceSpell.objects.filter(
        Q(product__series_since__isnull=True) | Q(first_seen__gte=F("product__series_since")),
        price_per_litre__gt=0,
    )


def _series(rows: Iterable[tuple[Any, ...]]) -> Iterator[Series]:
    steps: dict[int, list[Step]] = {}
    for product_id, zone_name, first_seen, last_seen, price in rows:
        zone = zoneinfo.ZoneInfo(zone_name)
        first, last = first_seen.astimezone(zone).date(), last_seen.astimezone(zone).date()
        steps.setdefault(product_id, []).append(Step(first, last, float(price)))
    for product_id, of_product in steps.items():
        until = max(step.last_day for step in of_product)
        yield daily_series(of_product, until=until, max_gap_days=0, key=str(product_id))
