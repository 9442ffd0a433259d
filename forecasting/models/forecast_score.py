"""What became of a published forecast, once its days have come."""

from typing import ClassVar

from django.db import models

from forecasting.models.forecast import Forecast
from forecasting.models.horizon_score import HorizonScore, score_constraints


class ForecastScore(HorizonScore):
    """One forecast of a product, judged over one horizon."""

    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="scores")

    class Meta(HorizonScore.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "days"], name="a_forecast_is_judged_once_a_horizon"),
            *score_constraints(
                known="a_judged_horizon_is_known",
                passed="no_more_days_seen_than_passed",
                within="the_80_interval_lies_within_the_95",
                rests="a_score_rests_on_seen_days",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="score_by_due_day")]

    def __str__(self) -> str:
        return f"forecast {self.forecast_id} over {self.days} days"
