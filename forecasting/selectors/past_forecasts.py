"""The ledger as the next training reads it: a shop's published forecasts beside the prices really seen since."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import QuerySet

from forecasting.calibration.published_history import PublishedPast
from forecasting.models import AdviceScore, Forecast
from forecasting.panel import UNIX_EPOCH
from forecasting.policy.realised_advice import RealisedAdvice
from forecasting.quantiles import LEVELS
from forecasting.selectors.observed_prices import ObservedPrices, observed_prices
from forecasting.selectors.score_sums import advice_sums
from forecasting.series import Floats
from scraping.models import Shop

SPAN = timedelta(days=120)  # what is older says little about how good forecasts are now
MOST_PRODUCTS = 100  # shelves of a shop move together: more of them say the same


def past_forecasts(shop: Shop, *, today: date) -> PublishedPast:
    """One forecast a product and week of the last 120 days, of at most 100 products; five queries however many.

    The newest of a week is taken. Outcomes are prices seen up to and including `today`, the last day that a
    training knows.
    """
    ledger = Forecast.objects.ever_served().filter(product__shop=shop, cutoff__gte=today - SPAN, cutoff__lt=today)
    products = list(ledger.order_by("product_id").values_list("product_id", flat=True).distinct())
    rows: Any = list(
        Forecast.objects.filter(pk__in=_newest_of_each_week(ledger.filter(product__in=_spread(products))))
        .order_by("product_id", "cutoff")
        .values_list("product_id", "cutoff", "last_price", "levels", "point", "quantiles")
    )
    rows = [row for row in rows if len(row[3]) == len(LEVELS) and np.allclose(row[3], LEVELS)]
    horizon = max((len(row[4]) for row in rows), default=0)
    prices_of = observed_prices(
        {row[0] for row in rows}, first=min((row[1] for row in rows), default=today), last=today
    )
    return PublishedPast(
        np.array([(row[1] - UNIX_EPOCH).days for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.float64),
        _table([row[4] for row in rows], (horizon,)),
        _table([row[5] for row in rows], (horizon, len(LEVELS))),
        _table([_observed(prices_of.get(row[0]), row[1], horizon) for row in rows], (horizon,)),
    )


def _newest_of_each_week(ledger: QuerySet[Forecast]) -> list[int]:
    rows = ledger.order_by("cutoff", "training_id").values_list("pk", "product_id", "cutoff")
    return list({(product, cutoff.isocalendar()[:2]): pk for pk, product, cutoff in rows}.values())


def _spread(products: Sequence[int]) -> list[int]:
    places = np.linspace(0, len(products) - 1, min(len(products), MOST_PRODUCTS)).round().astype(int)
    return [products[place] for place in places]


def _observed(prices: ObservedPrices | None, cutoff: date, horizon: int) -> Floats:
    return np.full(horizon, np.nan) if prices is None else prices.after(cutoff, horizon)[0]


def _table(rows: Sequence[Any], shape: tuple[int, ...]) -> Floats:
    """The rows one under the other [n, *shape]; a shorter horizon than the longest ends in nan."""
    table = np.full((len(rows), *shape), np.nan)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return table


ADVICE_SPAN = timedelta(days=90)  # as long as the public record's sentence looks back


def past_advice(shop: Shop, *, today: date) -> RealisedAdvice:
    """Scored advice of the last 90 days up to `today`: one query."""
    scored = AdviceScore.objects.filter(
        forecast__product__shop=shop, due_on__gte=today - ADVICE_SPAN, due_on__lte=today
    )
    sums = advice_sums(scored)
    if not sums["decisions"]:
        return RealisedAdvice()
    return RealisedAdvice(sums["decisions"], sums["waits"], sums["lost"], 1 - sums["followed"], 1 - sums["lowest"])
