"""Which product is cheap for itself: the one furthest below its own usual price.

The usual price is the median of its last twelve months by time (`price_statistics.usual_price`, here as SQL, since
it is asked of a whole catalogue): half of the time with a price it cost that or less. A product with less than
`LEAST_DAYS` days with a price in them, or a price less than `LEAST` below the usual one, is not called cheap.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from django.db import connection

from dashboard.cache import get_or_compute, store
from dashboard.query_params.market_query import MarketQuery
from dashboard.selectors.doubtful_volumes import doubtful_volumes
from dashboard.selectors.market import MarketRow, market_products
from dashboard.selectors.product_rows import UNLISTED, product_rows
from dashboard.selectors.shops import MarketMoment, market_moments, shop_lines
from scraping.models import Adapter
from scraping.models.price_spell import OWN_SPELL

YEAR = timedelta(days=365)
LEAST_DAYS = 90
LEAST = 0.02
MOST = 5  # products remembered of a grade: the first that can still be bought at that price is shown
CACHED_SECONDS = 600

_BELOW_USUAL = f"""
WITH spells AS (
    SELECT product.id, product.grade, latest.price AS price_now, spell.price, spell.first_seen, spell.last_seen,
           shop.max_gap, lead(spell.first_seen) OVER (PARTITION BY product.id ORDER BY spell.first_seen) AS following
    FROM scraping_product AS product
    JOIN scraping_shop AS shop ON shop.id = product.shop_id
    JOIN scraping_pricespell AS latest ON latest.id = product.latest_spell_id
    JOIN scraping_pricespell AS spell ON spell.product_id = product.id
    WHERE latest.state = 'in_stock' AND latest.price IS NOT NULL AND latest.last_seen >= %(at)s - shop.max_gap
      AND product.proposal <> ALL(%(unlisted)s) AND {OWN_SPELL}
      AND spell.last_seen >= %(since)s - shop.max_gap
      AND shop.currency = %(currency)s AND product.grade <> 'other' AND product.litres IS NOT NULL
      AND (shop.adapter = %(demo)s) = %(simulated)s
      AND (%(most)s::numeric IS NULL OR product.litres <= %(most)s::numeric)
      AND (%(shop)s = '' OR shop.name = %(shop)s) AND NOT product.id = ANY(%(doubtful)s::bigint[])
), held AS (
    SELECT id, grade, price_now, price, greatest(0, extract(epoch FROM
               CASE WHEN following - last_seen <= max_gap THEN greatest(following, last_seen) ELSE last_seen END
               - greatest(first_seen, %(since)s))) AS seconds
    FROM spells WHERE price IS NOT NULL
), passed AS (
    SELECT *, sum(seconds) OVER (PARTITION BY id ORDER BY price) AS passed,
           sum(seconds) OVER (PARTITION BY id) AS total
    FROM held
), usual AS (
    SELECT id, grade, price_now, min(price) FILTER (WHERE passed >= total / 2) AS price,
           sum(seconds) FILTER (WHERE price < price_now) / max(total) AS cheaper
    FROM passed GROUP BY id, grade, price_now HAVING max(total) >= %(least_seconds)s
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY grade ORDER BY price_now / price, id) AS place FROM usual
    WHERE price_now <= price * (1 - %(least)s)
)
SELECT grade, id, price_now::float8, price::float8, coalesce(cheaper, 0)::float8 FROM ranked WHERE place <= %(most_ids)s
ORDER BY grade, place
"""  # noqa: S608 - the rule is a constant of the model


@dataclass(frozen=True, slots=True)
class BelowUsual:
    """A product, its usual price for the pack, and the share of the year's time at a lower price than today's."""

    row: MarketRow
    usual: float
    cheaper_time: float

    @property
    def change(self) -> float:
        """How far today's price lies from the usual one, as a share of it: below zero."""
        return float(self.row.price or 0) / self.usual - 1


def below_usual(grade: str, query: MarketQuery, moment: MarketMoment, *, doubtful: frozenset[int]) -> BelowUsual | None:
    """The product of a grade that is furthest below its own usual price: a query, and one where nothing is cached."""
    candidates = get_or_compute(
        _name(query, moment), lambda: _candidates(query, moment, doubtful), seconds=CACHED_SECONDS
    ).get(grade, [])
    if not candidates:
        return None
    buyable = market_products(MarketQuery(shop=query.shop, in_stock=True), moment)
    rows = {
        row.id: row
        for row in product_rows(MarketRow, buyable.filter(pk__in=[candidate[0] for candidate in candidates]))
    }
    for product_id, price, usual, cheaper in candidates:
        row = rows.get(product_id)
        if row and row.price is not None and abs(float(row.price) - price) < 0.005:
            return BelowUsual(row, usual, cheaper)
    return None


def keep_below_usual(now: datetime) -> None:
    """Compute and cache it for all shops together before somebody has to wait for it."""
    for moment in market_moments(shop_lines(), now=now):
        candidates = _candidates(MarketQuery(), moment, doubtful_volumes())
        store(_name(MarketQuery(), moment), candidates, seconds=CACHED_SECONDS)


def _name(query: MarketQuery, moment: MarketMoment) -> str:
    kind = int(moment.simulated)
    return f"below-usual:{moment.currency}:{moment.is_now}:{kind}:{query.pack}:{quote(query.shop)}"


def _candidates(
    query: MarketQuery, moment: MarketMoment, doubtful: frozenset[int]
) -> dict[str, list[tuple[int, float, float, float]]]:
    """By grade the few furthest below their usual price: id, price, usual price, share of time cheaper."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BELOW_USUAL,
            {
                "at": moment.at,
                "since": moment.at - YEAR,
                "currency": moment.currency,
                "demo": Adapter.DEMO.value,
                "simulated": moment.simulated,
                "most": query.pack_limit,
                "shop": query.shop,
                "doubtful": list(doubtful),
                "unlisted": [str(proposal) for proposal in UNLISTED],
                "least_seconds": LEAST_DAYS * 86400,
                "least": LEAST,
                "most_ids": MOST,
            },
        )
        candidates: dict[str, list[tuple[int, float, float, float]]] = {"": []}  # what is empty is not cached
        for grade, *values in cursor.fetchall():
            candidates.setdefault(grade, []).append(tuple(values))
    return candidates
