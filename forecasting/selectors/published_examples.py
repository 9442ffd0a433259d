"""One good and one bad forecast of the public record, chosen by a rule."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from forecasting.evaluation.examples import AT, FEWEST, HORIZON, NO_CHANGE
from forecasting.models import ForecastScore
from forecasting.selectors.public_record import of_kind


@dataclass(frozen=True, slots=True)
class ScoredForecast:
    """A published forecast, and its mean error beside the last price's, as shares of that price."""

    forecast_id: int
    error: float
    naive: float


def published_examples(*, simulated: bool) -> tuple[int, dict[str, ScoredForecast]]:
    """The scored forecasts at the 90th and the 10th percentile of their gain over 30 days, and of how many.

    The gain is how much smaller the error was than that of the last price; a forecast counts where it expected a
    change and half of its days or more had a price. (0, {}) where fewer than ten were scored. Three queries.
    """
    scored = of_kind(ForecastScore.objects.filter(days=HORIZON, days_seen__gte=HORIZON // 2), simulated, None)
    gained = scored.annotate(gain=F("naive_error") - F("error"))
    gained = gained.filter(Q(gain__gt=NO_CHANGE) | Q(gain__lt=-NO_CHANGE))
    number = gained.count()
    if number < FEWEST:
        return 0, {}
    by_gain = gained.order_by("gain", "id")
    rows: dict[str, Any] = {
        name: by_gain.values_list("forecast_id", "error", "naive_error")[round(percentile * (number - 1))]
        for name, percentile in AT.items()
    }
    return number, {name: ScoredForecast(*row) for name, row in rows.items()}
