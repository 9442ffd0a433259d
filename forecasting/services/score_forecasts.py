"""Score published forecasts once their days have come: idempotent, in batches, by observed prices alone."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from forecasting.evaluation.score_published import PublishedPrices, costs, score_horizon
from forecasting.models import HORIZONS, PUBLISHED, AdviceScore, Forecast, ForecastScore
from forecasting.models.horizon_score import SCORED_FIELDS
from forecasting.selectors.observed_prices import ObservedPrices, last_closed_days, observed_prices
from forecasting.services.score_indices import score_indices

BATCH = 500  # forecasts read, scored and written at a time


def score_forecasts(*, again: bool = False) -> int:
    """Score every forecast and horizon that is due, of products and of indices; returns how many scores were written.

    A horizon is due once its last day is over. `again` scores again what was scored before, for prices that
    were imported or read again late.
    """
    of_products = sum(_score_shop(shop, closed, again) for shop, closed in last_closed_days().items())
    return of_products + score_indices(again=again)


def _score_shop(shop_id: int, closed: date, again: bool) -> int:
    written = 0
    for days in HORIZONS:
        ids = list(_due(shop_id, days, closed, again).order_by("cutoff", "id").values_list("pk", flat=True))
        for begin in range(0, len(ids), BATCH):
            written += _score_batch(ids[begin : begin + BATCH], days)
    return written


def _due(shop_id: int, days: int, closed: date, again: bool) -> QuerySet[Forecast]:
    due = Forecast.objects.filter(
        product__shop=shop_id, cutoff__lte=closed - timedelta(days=days), training__standing__in=PUBLISHED
    )
    if again:
        return due
    return due.exclude(Exists(ForecastScore.objects.filter(forecast=OuterRef("pk"), days=days)))


@transaction.atomic
def _score_batch(ids: Sequence[int], days: int) -> int:
    forecasts = list(Forecast.objects.filter(pk__in=ids).select_related("product__shop"))
    cutoffs = [forecast.cutoff for forecast in forecasts]
    prices_of = observed_prices(
        {forecast.product_id for forecast in forecasts}, first=min(cutoffs), last=max(cutoffs) + timedelta(days=days)
    )
    scores = [_score(forecast, days, prices_of.get(forecast.product_id)) for forecast in forecasts]
    ForecastScore.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["forecast", "days"], update_fields=SCORED_FIELDS
    )
    _write_advice(_advice(forecasts, days, prices_of))
    return len(scores)


def _score(forecast: Forecast, days: int, prices: ObservedPrices | None) -> ForecastScore:
    seen = prices.after(forecast.cutoff, days)[0] if prices else np.full(days, np.nan)
    published = PublishedPrices(
        forecast.last_price, np.array(forecast.levels), np.array(forecast.quantiles), np.array(forecast.point)
    )
    scored = score_horizon(published, seen[: len(forecast.point)], days)
    due_on = forecast.cutoff + timedelta(days=days)
    return ForecastScore(
        forecast=forecast,
        days=days,
        due_on=due_on,
        **{name: getattr(scored, name) for name in SCORED_FIELDS[1:]},
    )


def _advice(forecasts: Iterable[Forecast], days: int, prices_of: dict[int, ObservedPrices]) -> list[AdviceScore]:
    """Score the advice whose deadline lies within this horizon and not within a shorter one."""
    shorter = max((horizon for horizon in HORIZONS if horizon < days), default=0)
    scored = []
    for forecast in forecasts:
        word, until = forecast.advice.action, forecast.advice.deadline
        prices = prices_of.get(forecast.product_id)
        length = (until - forecast.cutoff).days if until else 0
        if word == "none" or prices is None or until is None or not shorter < length <= days:
            continue
        cost = costs(forecast.last_price, prices.after(forecast.cutoff, length)[1])
        if cost is not None:
            scored.append(
                AdviceScore(forecast=forecast, word=word, days=length, due_on=until, waited=cost[0], lowest=cost[1])
            )
    return scored


def _write_advice(scores: list[AdviceScore]) -> None:
    AdviceScore.objects.bulk_create(
        scores,
        update_conflicts=True,
        unique_fields=["forecast"],
        update_fields=["word", "days", "due_on", "waited", "lowest"],
    )
