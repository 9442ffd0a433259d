"""Score published forecasts of indices once their days have come, by how the index moved since the cutoff."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from forecasting.evaluation.score_published import PublishedPrices, score_horizon
from forecasting.market.grade_index import LONGEST_LINK, GradeIndex
from forecasting.models import HORIZONS, PUBLISHED, IndexForecast, IndexScore
from forecasting.models.horizon_score import SCORED_FIELDS
from forecasting.selectors.index_series import Basket, index_of
from forecasting.series import Floats, fill_forward

FARTHEST_WEST = timedelta(hours=12)  # a day is over everywhere twelve hours after it is over in UTC


def score_indices(*, again: bool = False) -> int:
    """Score every index forecast and horizon that is due; returns how many scores were written.

    A horizon is due once the index has a value on its last day or after it, and that day is over everywhere.
    `again` scores again, for prices that came late.
    """
    closed = (timezone.now() - FARTHEST_WEST).date() - timedelta(days=1)
    by_basket: dict[Basket, list[tuple[IndexForecast, int]]] = defaultdict(list)
    for days in HORIZONS:
        for forecast in _due(days, closed, again=again):
            basket = Basket(forecast.grade, forecast.currency, forecast.simulated)
            by_basket[basket].append((forecast, days))
    return sum(_score_basket(basket, due, closed) for basket, due in by_basket.items())


def _due(days: int, closed: date, *, again: bool) -> Iterable[IndexForecast]:
    due = IndexForecast.objects.filter(cutoff__lte=closed - timedelta(days=days), training__standing__in=PUBLISHED)
    if not again:
        due = due.exclude(Exists(IndexScore.objects.filter(forecast=OuterRef("pk"), days=days)))
    return due


@transaction.atomic
def _score_basket(basket: Basket, due: Iterable[tuple[IndexForecast, int]], closed: date) -> int:
    if (index := index_of(basket)) is None:
        return 0
    last = min(index.end, closed)
    scores = [_score(forecast, days, index) for forecast, days in due if forecast.cutoff + timedelta(days=days) <= last]
    IndexScore.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["forecast", "days"], update_fields=SCORED_FIELDS
    )
    return len(scores)


def _score(forecast: IndexForecast, days: int, index: GradeIndex) -> IndexScore:
    published = PublishedPrices(
        forecast.last_value, np.array(forecast.levels), np.array(forecast.quantiles), np.array(forecast.point)
    )
    came = forecast.last_value * changes_since(index, forecast.cutoff, days)
    scored = score_horizon(published, came[: len(forecast.point)], days)
    return IndexScore(
        forecast=forecast,
        days=days,
        due_on=forecast.cutoff + timedelta(days=days),
        **{name: getattr(scored, name) for name in SCORED_FIELDS[1:]},
    )


def changes_since(index: GradeIndex, cutoff: date, days: int) -> Floats:
    """The index of the days after `cutoff` relative to the cutoff's [days]; nan where it has none, or at the cutoff.

    Relative, because late prices move the level of the whole chain, and what was forecast is where it goes.
    """
    place = (cutoff - index.start).days
    unknown = np.full(days, np.nan)
    if not 0 <= place < len(index.values):
        return unknown
    at_cutoff = fill_forward(index.values[: place + 1], LONGEST_LINK)[-1]
    return np.asarray(np.concatenate([index.values[place + 1 :], unknown])[:days] / at_cutoff)
