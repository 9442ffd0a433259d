"""The grades' shelves as they were seen: spells -> daily series of prices per litre -> indices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from forecasting.market.grade_index import LONGEST_LINK, GradeIndex, table_index
from scraping.grade import Grade
from scraping.models import Adapter, PriceSpell
from scraping.models.price_spell import OWN_SPELL

EPOCH = date(1970, 1, 1)
# A thousand products over three years are tens of thousands of spells: PostgreSQL tells their days in the shop's
# timezone as plain numbers, which costs a fifth of making datetimes and decimals of them here.
_STEPS = f"""
SELECT spell.product_id,
       (spell.first_seen AT TIME ZONE shop.timezone)::date - date '1970-01-01' AS begins,
       (spell.last_seen AT TIME ZONE shop.timezone)::date - date '1970-01-01' AS ends,
       spell.price_per_litre::float8
FROM scraping_pricespell AS spell
JOIN scraping_product AS product ON product.id = spell.product_id
JOIN scraping_shop AS shop ON shop.id = product.shop_id
WHERE product.grade = %(grade)s AND shop.currency = %(currency)s AND (shop.adapter = %(demo)s) = %(simulated)s
  AND spell.price_per_litre > 0
  AND {OWN_SPELL}
ORDER BY spell.product_id, begins, ends, spell.first_seen
"""  # noqa: S608 - the rule is a constant of the model


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


@dataclass(frozen=True, slots=True, eq=False)
class BasketPrices:
    """Prices per litre [products, days] of a basket from `start`, nan where a product was not seen."""

    start: date
    products: tuple[int, ...]
    prices: npt.NDArray[np.float64]

    def current(self, day: date) -> list[int]:
        """The products that were seen within the fortnight up to a day, over which the index is chained."""
        last = (day - self.start).days + 1
        lately = self.prices[:, max(last - LONGEST_LINK - 1, 0) : max(last, 0)]
        return [self.products[row] for row in np.flatnonzero(np.isfinite(lately).any(axis=1))]


def index_of(basket: Basket) -> GradeIndex | None:
    """The basket's daily index, from the first day a product of it was seen; None where none ever was."""
    seen = basket_prices(basket)
    return table_index(seen.start, seen.prices) if seen else None


def basket_prices(basket: Basket) -> BasketPrices | None:
    """What the index of a basket is made of; None where no product of it was ever seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            _STEPS,
            {
                "grade": basket.grade,
                "currency": basket.currency,
                "simulated": basket.simulated,
                "demo": Adapter.DEMO.value,
            },
        )
        steps = cursor.fetchall()
    if not steps:
        return None
    first = min(step[1] for step in steps)
    return BasketPrices(
        EPOCH + timedelta(days=first), tuple(dict.fromkeys(step[0] for step in steps)), _table(steps, first)
    )


def _spells() -> Any:
    """Priced spells of known volume; what another product with the same sku cost stays out."""
    return PriceSpell.objects.own().filter(price_per_litre__gt=0)


def _table(steps: Sequence[tuple[int, int, int, float]], first: int) -> npt.NDArray[np.float64]:
    """Prices [products, days] from the day `first`; where spells of a product overlap, the later one wins."""
    rows = {product: row for row, product in enumerate(dict.fromkeys(step[0] for step in steps))}
    table = np.full((len(rows), max(step[2] for step in steps) - first + 1), np.nan)
    for product, begins, ends, price in steps:
        table[rows[product], begins - first : ends - first + 1] = price
    return table
