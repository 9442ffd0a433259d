"""Reads that change shape: how a run stands, history by day, week and month, the index of a grade."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count

from scraping.models import PriceSpell, Product, ScrapeRun, VisitStatus
from scraping.models.price_spell import OWN_SPELL
from scraping.price_kinds import COLUMNS

EARLIEST, LATEST = date(1970, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is, counted from its visits."""

    total: int
    done: int
    outcomes: dict[str, int]

    @property
    def status(self) -> str:
        """queued, running or done."""
        if self.done == self.total:
            return "done"
        return "running" if self.done or self.outcomes.get("running") else "queued"


def run_progress(run: ScrapeRun) -> RunProgress:
    """The progress of a run."""
    outcomes: dict[str, int] = dict(run.visits.order_by().values_list("status").annotate(count=Count("id")))
    still_open = outcomes.get(VisitStatus.QUEUED, 0) + outcomes.get(VisitStatus.RUNNING, 0)
    total = sum(outcomes.values())
    return RunProgress(total, total - still_open, outcomes)


USUAL_DAYS = 14
ENOUGH_NEIGHBOURS = 8


def usual_price(product: Product) -> Decimal | None:
    """The median of the prices of the product's spells seen in the two weeks before its last visit (one a spell)."""
    latest = product.latest_spell
    if latest is None:
        return None
    spells = PriceSpell.objects.own().filter(
        product=product, price__isnull=False, last_seen__gte=latest.last_seen - timedelta(days=USUAL_DAYS)
    )
    prices = sorted(price for price in spells.values_list("price", flat=True) if price is not None)
    return prices[len(prices) // 2] if prices else None


def usual_per_litre(product: Product) -> Decimal | None:
    """The median price per litre of the grade's other products in the same currency; None where there are too few."""
    neighbours = Product.objects.filter(
        grade=product.grade,
        shop__currency=product.shop.currency,
        shop__adapter=product.shop.adapter,
        latest_spell__price_per_litre__isnull=False,
    ).exclude(pk=product.pk)
    prices = sorted(
        price for price in neighbours.values_list("latest_spell__price_per_litre", flat=True) if price is not None
    )
    return prices[len(prices) // 2] if len(prices) >= ENOUGH_NEIGHBOURS else None


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which history: of one product or of a grade, between two days of the shop (both included)."""

    product_id: int | None = None
    grade: str | None = None
    first: date = EARLIEST
    last: date = LATEST


# One row for each day a spell covers; where two spells touch one day the later one is that day's price.
# Days as timestamps without zone: dates would go through the session's timezone, which is slower.
_DAILY = """
SELECT DISTINCT ON (spell.product_id, day) spell.product_id, day::date AS day, {columns}
FROM scraping_pricespell AS spell
JOIN scraping_product AS product ON product.id = spell.product_id
JOIN scraping_shop AS shop ON shop.id = product.shop_id
CROSS JOIN LATERAL generate_series(
    greatest((spell.first_seen AT TIME ZONE shop.timezone)::date, %(first)s::date)::timestamp,
    least((spell.last_seen AT TIME ZONE shop.timezone)::date, %(last)s::date)::timestamp,
    interval '1 day'
) AS day
WHERE spell.price IS NOT NULL AND {own} AND {scope}
ORDER BY spell.product_id, day, spell.last_seen DESC
"""
_PRICES = ("price", "price_per_litre")
_OF_PRODUCT = "spell.product_id = %(product_id)s"
# An import of producer prices per kilogram, or a listing of unknown volume, says nothing about a litre on the shelf.
_OF_GRADE = "product.grade = %(grade)s AND spell.price_per_litre IS NOT NULL"
_PERIODS = {
    "day": "day",
    "week": "date_trunc('week', day::timestamp)::date",
    "month": "date_trunc('month', day::timestamp)::date",
}


def _daily(scope: str, *columns: str) -> str:
    named = ", ".join(f"spell.{column}" for column in columns)
    return _DAILY.format(columns=named, own=OWN_SPELL, scope=scope)


def product_history(query: HistoryQuery, *, resolution: str) -> list[dict[str, Any]]:
    """Rows {date, price, price_per_litre, low, high, days, list_price, ...} of one product, days with a price alone.

    A period's price is the mean of its days; each other kind of price is the mean of the days it was seen on, or None.
    """
    daily = _daily(_OF_PRODUCT, *_PRICES, *COLUMNS)
    if resolution == "day":  # a day is its own mean, and not grouping is faster
        return _rows(
            f"""
            SELECT day AS date, price, price_per_litre, price AS low, price AS high, 1 AS days, {", ".join(COLUMNS)}
            FROM ({daily}) AS daily ORDER BY 1
            """,  # noqa: S608 - all parts are constants of this module
            query,
        )
    kinds = ", ".join(f"round(avg({column}), 4) AS {column}" for column in COLUMNS)
    return _rows(
        f"""
        SELECT {_PERIODS[resolution]} AS date, round(avg(price), 4) AS price,
               round(avg(price_per_litre), 4) AS price_per_litre,
               min(price) AS low, max(price) AS high, count(*) AS days, {kinds}
        FROM ({daily}) AS daily GROUP BY 1 ORDER BY 1
        """,  # noqa: S608 - all parts are constants of this module
        query,
    )


def grade_history(query: HistoryQuery, *, resolution: str) -> list[dict[str, Any]]:
    """Rows {date, price_per_litre, price, low, high, products}: each period's median over the grade's products."""
    daily = _daily(_OF_GRADE, *_PRICES)
    return _rows(
        f"""
        SELECT {_PERIODS[resolution]} AS date,
               round((percentile_cont(0.5) WITHIN GROUP (ORDER BY price_per_litre))::numeric, 4) AS price_per_litre,
               round((percentile_cont(0.5) WITHIN GROUP (ORDER BY price))::numeric, 4) AS price,
               min(price_per_litre) AS low, max(price_per_litre) AS high, count(DISTINCT product_id) AS products
        FROM ({daily}) AS daily GROUP BY 1 ORDER BY 1
        """,  # noqa: S608 - both parts are constants of this module
        query,
    )


def spells(query: HistoryQuery) -> list[dict[str, Any]]:
    """Rows {product, first_seen, last_seen, state, price, price_per_litre, list_price, looks, ...} as they are kept."""
    scope = _OF_PRODUCT if query.product_id is not None else "product.grade = %(grade)s"
    return _rows(
        f"""
        SELECT spell.product_id AS product, spell.first_seen, spell.last_seen, spell.state, spell.price,
               spell.price_per_litre, spell.list_price, spell.regular_price, spell.prime_price, spell.subscribe_price,
               spell.used_price, spell.coupon, spell.coupon_price, spell.shipping, spell.seller, spell.seller_kind,
               spell.condition, spell.observations AS looks
        FROM scraping_pricespell AS spell
        JOIN scraping_product AS product ON product.id = spell.product_id
        JOIN scraping_shop AS shop ON shop.id = product.shop_id
        WHERE {scope} AND {OWN_SPELL} AND (spell.last_seen AT TIME ZONE shop.timezone)::date >= %(first)s
          AND (spell.first_seen AT TIME ZONE shop.timezone)::date <= %(last)s
        ORDER BY spell.first_seen, spell.product_id
        """,  # noqa: S608 - the scope is one of two constants
        query,
    )


def _rows(sql: str, query: HistoryQuery) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {"product_id": query.product_id, "grade": query.grade, "first": query.first, "last": query.last},
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
