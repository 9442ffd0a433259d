"""The public record of a shop: its published forecasts beside what came."""

from datetime import date

from forecasting.evaluation.record_figures import HorizonFigures, pooled_horizon
from forecasting.models import HORIZONS, ForecastScore
from forecasting.selectors.score_sums import horizon_sums
from scraping.models import Shop


def shop_record(shop: Shop, *, since: date) -> tuple[HorizonFigures, ...]:
    """How good the shop's forecasts were by horizon, of those that came due since a day: one query.

    A horizon of which nothing has come due has figures of None.
    """
    groups = list(horizon_sums(ForecastScore.objects.filter(forecast__product__shop=shop, due_on__gte=since)))
    return tuple(pooled_horizon(days, groups) for days in HORIZONS)
