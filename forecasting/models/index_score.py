"""What became of a published forecast of an index, once its days have come."""

from typing import ClassVar

from django.db import models

from forecasting.models.horizon_score import HorizonScore, score_constraints
from forecasting.models.index_forecast import IndexForecast


class IndexScore(HorizonScore):
    """One forecast of a grade's index, judged over one horizon by the changes of the index since its cutoff."""

    forecast = models.ForeignKey(IndexForecast, on_delete=models.CASCADE, related_name="scores")

    class Meta(HorizonScore.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "days"], name="an_index_forecast_is_judged_once_a_horizon"),
            *score_constraints(
                known="a_judged_index_horizon_is_known",
                passed="no_more_index_days_seen_than_passed",
                within="the_80_interval_of_an_index_lies_within_the_95",
                rests="an_index_score_rests_on_seen_days",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="index_score_by_due_day")]

    def __str__(self) -> str:
        return f"index forecast {self.forecast_id} over {self.days} days"
