"""The public record of one method: its own forecasts beside what came."""

from datetime import date

from forecasting.evaluation.record_figures import RECORD_SPAN, HorizonFigures, if_enough, pooled_horizon
from forecasting.models import HORIZONS, MethodScore
from forecasting.selectors.product_record import OF_THIS_PRODUCT
from forecasting.selectors.score_sums import horizon_sums
from scraping.models import Shop


def product_method_record(product_id: int, method: str, *, today: date) -> tuple[HorizonFigures, ...]:
    """How good the method's forecasts of a product were by horizon, due in the last 90 days: one query.

    A horizon with too few scored forecasts has counts alone.
    """
    scores = MethodScore.objects.filter(
        OF_THIS_PRODUCT, forecast__product=product_id, forecast__method=method, due_on__gte=today - RECORD_SPAN
    )
    groups = list(horizon_sums(scores))
    return tuple(if_enough(pooled_horizon(days, groups)) for days in HORIZONS)


def shop_method_record(shop: Shop, method: str, *, since: date) -> tuple[HorizonFigures, ...]:
    """How good the method's forecasts of a shop were by horizon, of those that came due since a day: one query.

    A horizon of which nothing has come due has figures of None.
    """
    scores = MethodScore.objects.filter(forecast__product__shop=shop, forecast__method=method, due_on__gte=since)
    groups = list(horizon_sums(scores))
    return tuple(pooled_horizon(days, groups) for days in HORIZONS)
