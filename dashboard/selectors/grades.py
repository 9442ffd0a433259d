"""The cheapest litre of each grade: today, thirty days ago, and on the way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.db import connection

from dashboard.cache import get_or_compute, store
from dashboard.query_params.market_query import MarketQuery
from dashboard.selectors.doubtful_volumes import doubtful_volumes
from dashboard.selectors.market import MarketRow, market_products
from dashboard.selectors.price_moves import MOVES
from dashboard.selectors.product_rows import UNLISTED, product_rows
from dashboard.selectors.shops import MarketMoment, market_moments, shop_lines
from scraping.models import Adapter, Product
from scraping.models.price_spell import OWN_SPELL

DAYS, STEP = 90, 3
CACHED_SECONDS = 600
ORDER = ("extra_virgin", "virgin", "olive", "pomace", "sunflower")

# The cheapest offer standing on each sampled day: a spell stands until its last visit plus the shop's patience,
# or until the next spell of the product begins.
_CHEAPEST = f"""
WITH spells AS (
    SELECT product.grade, spell.price_per_litre, spell.state, spell.first_seen,
           least(
               spell.last_seen + shop.max_gap,
               lead(spell.first_seen) OVER (PARTITION BY spell.product_id ORDER BY spell.first_seen)
           ) AS ends
    FROM scraping_pricespell AS spell
    JOIN scraping_product AS product ON product.id = spell.product_id
    JOIN scraping_shop AS shop ON shop.id = product.shop_id
    WHERE spell.last_seen >= %(first)s::timestamptz - shop.max_gap
      AND product.proposal <> ALL(%(unlisted)s)
      AND {OWN_SPELL}
      AND shop.currency = %(currency)s AND product.grade <> 'other'
      AND (shop.adapter = %(demo)s) = %(simulated)s
      AND (%(most)s::numeric IS NULL OR product.litres <= %(most)s::numeric)
      AND (%(shop)s = '' OR shop.name = %(shop)s) AND NOT product.id = ANY(%(doubtful)s::bigint[])
)
SELECT grade, day::date, min(price_per_litre)
FROM generate_series(%(first)s::timestamptz, %(last)s::timestamptz, %(step)s::interval) AS day
JOIN spells ON spells.first_seen <= day AND day < spells.ends
WHERE state = 'in_stock' AND price_per_litre IS NOT NULL
GROUP BY grade, day ORDER BY grade, day
"""  # noqa: S608 - the rule is a constant of the model


@dataclass(frozen=True, slots=True)
class GradeLine:
    """One grade's cheapest litre and how it came to be there."""

    grade: str
    cheapest: MarketRow
    change: float | None
    prices: tuple[tuple[date, float], ...]


def grade_lines(query: MarketQuery, moment: MarketMoment, *, doubtful: frozenset[int]) -> list[GradeLine]:
    """Return a line for each grade that can be bought, extra virgin first: a query, and one for paths not cached.

    Of packs up to the query's limit; all of one kind, simulated or real.
    """
    buyable = MarketQuery(shop=query.shop, in_stock=True)
    cheapest_first = (
        market_products(buyable, moment)
        .filter(latest_spell__price_per_litre__isnull=False, shop__currency=moment.currency)
        .exclude(grade="other")
        .exclude(pk__in=list(doubtful))
        .order_by("grade", "latest_spell__price_per_litre", "id")
        .distinct("grade")
    )
    if query.pack_limit is not None:
        cheapest_first = cheapest_first.filter(litres__lte=query.pack_limit)
    leading = Product.objects.filter(pk__in=cheapest_first.values("pk"))
    cheapest = {row.grade: row for row in product_rows(MarketRow, leading, above_low=MOVES["above_low"])}
    paths = _paths(query, moment, doubtful)
    return [
        GradeLine(grade, cheapest[grade], _change(paths.get(grade, ())), paths.get(grade, ()))
        for grade in ORDER
        if grade in cheapest
    ]


def _paths(
    query: MarketQuery, moment: MarketMoment, doubtful: frozenset[int]
) -> dict[str, tuple[tuple[date, float], ...]]:
    stored = get_or_compute(_name(query, moment), lambda: _read_paths(query, moment, doubtful), seconds=CACHED_SECONDS)
    return {
        grade: tuple((date.fromisoformat(day), price) for day, price in path)  # dates are texts in the cache
        for grade, path in stored.items()
    }


def keep_paths(now: datetime) -> None:
    """Read and keep the paths of all shops together before somebody has to wait for them."""
    for moment in market_moments(shop_lines(), now=now):
        store(
            _name(MarketQuery(), moment),
            _read_paths(MarketQuery(), moment, doubtful_volumes()),
            seconds=CACHED_SECONDS,
        )


def _name(query: MarketQuery, moment: MarketMoment) -> str:
    kind = int(moment.simulated)
    return f"cheapest:{moment.currency}:{moment.is_now}:{kind}:{query.pack}:{quote(query.shop)}"


def _read_paths(
    query: MarketQuery, moment: MarketMoment, doubtful: frozenset[int]
) -> dict[str, list[tuple[str, float]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _CHEAPEST,
            {
                "first": moment.at - timedelta(days=DAYS),
                "last": moment.at,
                "step": f"{STEP} days",
                "currency": moment.currency,
                "shop": query.shop,
                "demo": Adapter.DEMO.value,
                "simulated": moment.simulated,
                "most": query.pack_limit,
                "doubtful": list(doubtful),
                "unlisted": [str(proposal) for proposal in UNLISTED],
            },
        )
        paths: dict[str, list[tuple[str, float]]] = {}
        for grade, day, price in cursor.fetchall():
            paths.setdefault(grade, []).append((day.isoformat(), float(price)))
    return paths


def _change(path: tuple[tuple[date, float], ...]) -> float | None:
    by_day = dict(path)
    if not by_day:
        return None
    last = max(by_day)
    then = by_day.get(last - timedelta(days=30))
    return by_day[last] / then - 1 if then else None
