"""The public record of each forecaster whose forecasts are published, shop by shop."""

from collections import defaultdict
from typing import Any

from django.db.models import F

from forecasting.evaluation.record_figures import HorizonFigures, pooled_horizon
from forecasting.forecasters.registry import PUBLISHED
from forecasting.models import HORIZONS, ForecastScore, MethodScore
from forecasting.selectors.score_sums import horizon_sums

Records = dict[int, dict[str, tuple[HorizonFigures, ...]]]


def forecaster_records() -> Records:
    """How good published forecasts were, ever, by shop id and forecaster; only those with scores: two queries."""
    shop, method = F("forecast__product__shop"), F("forecast__method")
    groups: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for group in horizon_sums(ForecastScore.objects.all(), shop=shop):
        groups[group["shop"], PUBLISHED].append(group)
    for group in horizon_sums(MethodScore.objects.all(), shop=shop, method=method):
        groups[group["shop"], group["method"]].append(group)
    records: Records = defaultdict(dict)
    for (shop_id, name), sums in groups.items():
        records[shop_id][name] = tuple(pooled_horizon(days, sums) for days in HORIZONS)
    return dict(records)
