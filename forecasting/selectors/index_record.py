"""The public record of an index: its published forecasts beside what came."""

from datetime import date

from forecasting.evaluation.record_figures import HorizonFigures, pooled_horizon
from forecasting.models import HORIZONS, IndexScore
from forecasting.selectors.index_series import Basket
from forecasting.selectors.score_sums import horizon_sums


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
