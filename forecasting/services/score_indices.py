"""Score published forecasts of indices once their days have come, by how the index moved since the cutoff.

Like those of products they count from the moment they were first served.
"""

import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from forecasting.evaluation.score_published import PublishedPrices
from forecasting.market.grade_index import GradeIndex
from forecasting.models import HORIZONS, IndexForecast, IndexScore
from forecasting.models.horizon_score import SCORED_FIELDS
from forecasting.selectors.index_series import Basket, index_of
from forecasting.series import fill_forward
from forecasting.services.horizon_scores import columns, conflicts, unscored
from scraping.models import Shop

FARTHEST_WEST = timedelta(hours=12)  # a day is over everywhere twelve hours after it is over in UTC


def score_indices(*, again: bool = False) -> int:
    """Score every index forecast and horizon that is due; returns how many scores were written.

    A horizon is due once the index has a value on its last day or after it, and that day is over everywhere.
    `again` also scores again what came due in the last two weeks, for prices that came late.
    """
    closed = (timezone.now() - FARTHEST_WEST).date() - timedelta(days=1)
    by_basket: dict[Basket, list[tuple[Any, int]]] = defaultdict(list)
    for days in HORIZONS:
        for forecast in _due(days, closed, again=again):
            basket = Basket(forecast.grade, forecast.currency, forecast.simulated)
            by_basket[basket].append((forecast, days))
    return sum(_score_basket(basket, due, closed, again=again) for basket, due in by_basket.items())


def _due(days: int, closed: date, *, again: bool) -> Iterable[Any]:
    due = IndexForecast.objects.ever_served().filter(cutoff__lte=closed - timedelta(days=days))
    return unscored(due, IndexScore.objects.all(), days, again=again)


@transaction.atomic
def _score_basket(basket: Basket, due: Iterable[tuple[Any, int]], closed: date, *, again: bool) -> int:
    if (index := index_of(basket)) is None:
        return 0
    last = min(index.end, closed)
    zones = set(Shop.objects.filter(currency=basket.currency).values_list("timezone", flat=True))
    starts = [(forecast, days, _starts_on(forecast, zones)) for forecast, days in due]
    scores = [
        _score(forecast, days, start, index) for forecast, days, start in starts if start + timedelta(days=days) <= last
    ]
    IndexScore.objects.bulk_create(scores, **conflicts(["forecast", "days"], SCORED_FIELDS, again=again))
    return len(scores)


def _starts_on(forecast: Any, zones: Set[str]) -> date:
    """The cutoff, or the later day on which it was first served; where shops have two days at once, the later."""
    start: date = forecast.cutoff
    for zone in zones:
        start = max(start, forecast.published_at.astimezone(zoneinfo.ZoneInfo(zone)).date())
    return start


def _score(forecast: IndexForecast, days: int, start: date, index: GradeIndex) -> IndexScore:
    late = (start - forecast.cutoff).days
    came = forecast.last_value * index.changes_since(forecast.cutoff, late + days)
    known = fill_forward(np.concatenate([[forecast.last_value], came[:late]]), late)[-1]
    published = PublishedPrices(
        float(known), np.array(forecast.levels), np.array(forecast.quantiles), np.array(forecast.point)
    )
    return IndexScore(forecast=forecast, **columns(published, came, late=late, days=days, start=start))
