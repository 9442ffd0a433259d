"""The advice of products day by day, as it was published: what somebody who waits reads next."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any

from forecasting.evaluation.score_published import LaterAdvice
from forecasting.models import Forecast


def later_advice(forecasts: Sequence[Any], *, zone: tzinfo, until: date) -> dict[int, dict[date, LaterAdvice]]:
    """By product and day of publication, the advice published after the forecasts (`with_start`): one query.

    Of one day the forecast from the latest prices counts, of a day's trainings the last; `until` is not included.
    """
    later: dict[int, dict[date, LaterAdvice]] = defaultdict(dict)
    if not forecasts:
        return later
    rows: Any = (
        Forecast.objects.with_start(zone)
        .filter(product__in={forecast.product_id for forecast in forecasts})
        .filter(starts_on__gt=min(forecast.starts_on for forecast in forecasts), starts_on__lt=until)
        .order_by("product_id", "starts_on", "cutoff", "training_id")
        .values_list("product_id", "starts_on", "cutoff", "advice__word")
    )
    for product_id, day, cutoff, word in rows.iterator(10_000):
        later[product_id][day] = LaterAdvice(cutoff, word)
    return later
