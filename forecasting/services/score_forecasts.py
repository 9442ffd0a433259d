"""Score published forecasts once their days have come: idempotent, in batches, by kept prices alone."""

import zoneinfo
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from forecasting.evaluation.score_published import AdviceCosts, buy_days, costs
from forecasting.models import HORIZONS, AdviceScore, Forecast, ForecastScore
from forecasting.models.horizon_score import SCORED_FIELDS
from forecasting.policy.advice import WAITING
from forecasting.selectors.later_advice import later_advice
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

COSTS = ("waited", "always", "lowest")
BATCH = 500  # forecasts read, scored and written at a time


def score_forecasts(*, again: bool = False) -> int:
    """Score every forecast and horizon that is due, of products and of indices; returns how many scores were written.

    A horizon is due once its last day is over. `again` also scores again what came due in the last two weeks, for
    prices that were imported or read again late.
    """
    of_products = sum(_score_shop(shop, closed, again) for shop, closed in last_closed_days().items())
    return of_products + score_indices(again=again)


def _score_shop(shop: Shop, closed: date, again: bool) -> int:
    written, zone = 0, zoneinfo.ZoneInfo(shop.timezone)
    for days in HORIZONS:
        due = _of(shop).filter(starts_on__lte=closed - timedelta(days=days))
        due = unscored(due, ForecastScore.objects.all(), days, again=again)
        ids = list(due.order_by("cutoff", "id").values_list("pk", flat=True))
        for begin in range(0, len(ids), BATCH):
            written += _score_batch(_of(shop).filter(pk__in=ids[begin : begin + BATCH]), days, again, zone)
    return written


def _of(shop: Shop) -> QuerySet[Any]:
    return Forecast.objects.with_start(zoneinfo.ZoneInfo(shop.timezone)).filter(product__shop=shop)


@transaction.atomic
def _score_batch(batch: QuerySet[Any], days: int, again: bool, zone: zoneinfo.ZoneInfo) -> int:
    forecasts = with_known_price(batch)
    prices_of = prices_after(forecasts, days)
    scores = [
        ForecastScore(forecast=forecast, **score_fields(forecast, days, prices_of.get(forecast.product_id)))
        for forecast in forecasts
    ]
    ForecastScore.objects.bulk_create(scores, **conflicts(["forecast", "days"], SCORED_FIELDS, again=again))
    advice = _advice(forecasts, days, prices_of, zone)
    AdviceScore.objects.bulk_create(advice, **conflicts(["forecast"], COSTS, again=again))
    return len(scores)


def _advice(
    forecasts: Sequence[Any], days: int, prices_of: dict[int, ObservedPrices], zone: zoneinfo.ZoneInfo
) -> list[AdviceScore]:
    """Score the advice whose deadline lies within this horizon and not within a shorter one.

    Who waits reads each later day's published advice, and buys on the first day it says so.
    """
    shorter = max((horizon for horizon in HORIZONS if horizon < days), default=0)
    due = [each for each in forecasts if each.advice.action != "none" and shorter < _length(each) <= days]
    waits = [each for each in due if each.advice.action in WAITING]
    later = later_advice(waits, zone=zone, until=max((each.advice.deadline for each in waits), default=date.min))
    scored = []
    for forecast in due:
        late, length, prices = days_late(forecast), _length(forecast), prices_of.get(forecast.product_id)
        if prices is None:
            continue
        seen = prices.after(forecast.cutoff, late + length)[1][late:]
        stops = buy_days(later.get(forecast.product_id, {}), forecast.starts_on, forecast.cutoff, length)
        cost = costs(known_price(forecast), seen, stops if forecast.advice.action in WAITING else None)
        if cost is not None:
            scored.append(_scored(forecast, length, cost))
    return scored


def _length(forecast: Any) -> int:
    """From the day the advice was given to its deadline, in days; 0 without one."""
    return (forecast.advice.deadline - forecast.starts_on).days if forecast.advice.deadline else 0


def _scored(forecast: Any, length: int, cost: AdviceCosts) -> AdviceScore:
    advice, figures = forecast.advice, {name: getattr(cost, name) for name in COSTS}
    return AdviceScore(forecast=forecast, word=advice.action, days=length, due_on=advice.deadline, **figures)
