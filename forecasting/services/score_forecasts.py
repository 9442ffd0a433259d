"""Score published forecasts once their days have come: idempotent, in batches, by kept prices alone."""

import zoneinfo
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from forecasting.evaluation.score_published import costs
from forecasting.models import HORIZONS, AdviceScore, Forecast, ForecastScore
from forecasting.models.horizon_score import SCORED_FIELDS
from forecasting.selectors.observed_prices import ObservedPrices, last_closed_days
from forecasting.services.horizon_scores import (
    conflicts,
    days_late,
    known_price,
    prices_after,
    score_fields,
    unscored,
    with_known_price,
)
from forecasting.services.score_indices import score_indices
from scraping.models import Shop

BATCH = 500  # forecasts read, scored and written at a time


def score_forecasts(*, again: bool = False) -> int:
    """Score every forecast and horizon that is due, of products and of indices; returns how many scores were written.

    A horizon is due once its last day is over. `again` also scores again what came due in the last two weeks, for
    prices that were imported or read again late.
    """
    of_products = sum(_score_shop(shop, closed, again) for shop, closed in last_closed_days().items())
    return of_products + score_indices(again=again)


def _score_shop(shop: Shop, closed: date, again: bool) -> int:
    written = 0
    for days in HORIZONS:
        due = _of(shop).filter(starts_on__lte=closed - timedelta(days=days))
        due = unscored(due, ForecastScore.objects.all(), days, again=again)
        ids = list(due.order_by("cutoff", "id").values_list("pk", flat=True))
        for begin in range(0, len(ids), BATCH):
            written += _score_batch(_of(shop).filter(pk__in=ids[begin : begin + BATCH]), days, again)
    return written


def _of(shop: Shop) -> QuerySet[Any]:
    return Forecast.objects.with_start(zoneinfo.ZoneInfo(shop.timezone)).filter(product__shop=shop)


@transaction.atomic
def _score_batch(batch: QuerySet[Any], days: int, again: bool) -> int:
    forecasts = with_known_price(batch)
    prices_of = prices_after(forecasts, days)
    scores = [
        ForecastScore(forecast=forecast, **score_fields(forecast, days, prices_of.get(forecast.product_id)))
        for forecast in forecasts
    ]
    ForecastScore.objects.bulk_create(scores, **conflicts(["forecast", "days"], SCORED_FIELDS, again=again))
    advice = _advice(forecasts, days, prices_of)
    AdviceScore.objects.bulk_create(advice, **conflicts(["forecast"], ["waited", "lowest"], again=again))
    return len(scores)


def _advice(forecasts: Sequence[Any], days: int, prices_of: dict[int, ObservedPrices]) -> list[AdviceScore]:
    """Score the advice whose deadline lies within this horizon and not within a shorter one."""
    shorter = max((horizon for horizon in HORIZONS if horizon < days), default=0)
    scored = []
    for forecast in forecasts:
        word, until = forecast.advice.action, forecast.advice.deadline
        prices = prices_of.get(forecast.product_id)
        length = (until - forecast.starts_on).days if until else 0
        if word == "none" or prices is None or until is None or not shorter < length <= days:
            continue
        late = days_late(forecast)
        cost = costs(known_price(forecast), prices.after(forecast.cutoff, late + length)[1][late:])
        if cost is not None:
            scored.append(
                AdviceScore(forecast=forecast, word=word, days=length, due_on=until, waited=cost[0], lowest=cost[1])
            )
    return scored
