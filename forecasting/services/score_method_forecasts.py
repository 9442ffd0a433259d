"""Score the forecasts of named methods (Prophet) once their days have come, by the rule of the published ones."""

import zoneinfo
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from forecasting.models import HORIZONS, MethodForecast, MethodScore
from forecasting.models.horizon_score import SCORED_FIELDS
from forecasting.selectors.observed_prices import last_closed_days
from forecasting.services.horizon_scores import conflicts, prices_after, score_fields, unscored, with_known_price
from scraping.models import Shop

BATCH = 500  # forecasts read, scored and written at a time


def score_method_forecasts(*, again: bool = False) -> int:
    """Score every forecast of a method and every horizon that is due; returns how many scores were written.

    A horizon is due once its last day is over. `again` also scores again what came due in the last two weeks.
    """
    return sum(_score_shop(shop, closed, again) for shop, closed in last_closed_days().items())


def _score_shop(shop: Shop, closed: date, again: bool) -> int:
    written = 0
    for days in HORIZONS:
        due = _of(shop).filter(starts_on__lte=closed - timedelta(days=days))
        due = unscored(due, MethodScore.objects.all(), days, again=again)
        ids = list(due.order_by("cutoff", "id").values_list("pk", flat=True))
        for begin in range(0, len(ids), BATCH):
            written += _score_batch(_of(shop).filter(pk__in=ids[begin : begin + BATCH]), days, again)
    return written


def _of(shop: Shop) -> QuerySet[Any]:
    return MethodForecast.objects.with_start(zoneinfo.ZoneInfo(shop.timezone)).filter(product__shop=shop)


@transaction.atomic
def _score_batch(batch: QuerySet[Any], days: int, again: bool) -> int:
    forecasts = with_known_price(batch)
    prices_of = prices_after(forecasts, days)
    scores = [
        MethodScore(forecast=forecast, **score_fields(forecast, days, prices_of.get(forecast.product_id)))
        for forecast in forecasts
    ]
    MethodScore.objects.bulk_create(scores, **conflicts(["forecast", "days"], SCORED_FIELDS, again=again))
    return len(scores)
