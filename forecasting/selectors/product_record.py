"""The public record of one product: its own published forecasts beside what came."""

from datetime import date

from django.db.models import F, Q

from forecasting.evaluation.record_figures import RECORD_SPAN, HorizonFigures, if_enough, pooled_horizon
from forecasting.models import HORIZONS, ForecastScore, IndexScore
from forecasting.selectors.index_series import Basket
from forecasting.selectors.score_sums import horizon_sums
from scraping.models import Shop

# forecasts from before the SKU became another product were of that one
OF_THIS_PRODUCT = Q(forecast__product__series_since__isnull=True) | Q(
    forecast__cutoff__gte=F("forecast__product__series_since__date")
)


def product_record(product_id: int, *, today: date) -> tuple[HorizonFigures, ...]:
    """How good the product's forecasts were by horizon, of those that came due in the last 90 days: one query.

    A horizon with too few scored forecasts has counts alone.
    """
    scores = ForecastScore.objects.filter(
        OF_THIS_PRODUCT, forecast__product=product_id, due_on__gte=today - RECORD_SPAN
    )
    groups = list(horizon_sums(scores))
    return tuple(if_enough(pooled_horizon(days, groups)) for days in HORIZONS)


def shop_record(shop: Shop, *, since: date) -> tuple[HorizonFigures, ...]:
    """How good the shop's forecasts were by horizon, of those that came due since a day: one query.

    A horizon of which nothing has come due has figures of None.
    """
    groups = list(horizon_sums(ForecastScore.objects.filter(forecast__product__shop=shop, due_on__gte=since)))
    return tuple(pooled_horizon(days, groups) for days in HORIZONS)


def index_record(basket: Basket, *, since: date | None = None) -> tuple[HorizonFigures, ...]:
    """How good its forecasts were by horizon, of those that came due since a day (None: ever): one query.

    A horizon of which nothing has come due has figures of None.
    """
    scores = IndexScore.objects.filter(
        forecast__grade=basket.grade, forecast__currency=basket.currency, forecast__simulated=basket.simulated
    )
    if since is not None:
        scores = scores.filter(due_on__gte=since)
    groups = list(horizon_sums(scores))
    return tuple(pooled_horizon(days, groups) for days in HORIZONS)
