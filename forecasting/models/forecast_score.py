"""What became of a published forecast, once its days have come."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from forecasting.models.forecast import Forecast

HORIZONS = (7, 14, 30)  # days; each row judges days 1..h together


class ForecastScore(models.Model):
    """One forecast judged over its days 1 to `days`, on the days a price was really seen; all as shares of 1.

    Errors are means over the seen days, in units of the price at the origin. `standing_error` is what assuming
    that the price stays would have erred; `outcome` is the price on `last_step`, the last of the seen days.
    """

    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="scores")
    days = models.PositiveSmallIntegerField(help_text="the horizon: days 1 to this one are judged together")
    due_on = models.DateField(help_text="the last of those days")
    days_seen = models.PositiveSmallIntegerField(help_text="days on which a price was really seen")
    error = models.FloatField(null=True, blank=True)
    standing_error = models.FloatField(null=True, blank=True)
    crps = models.FloatField(null=True, blank=True, help_text="twice the mean pinball loss")
    inside_80 = models.PositiveSmallIntegerField(default=0, help_text="seen days inside the 80 % interval")
    inside_95 = models.PositiveSmallIntegerField(default=0, help_text="seen days inside the 95 % interval")
    last_step = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.FloatField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-due_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "days"], name="a_forecast_is_judged_once_a_horizon"),
            models.CheckConstraint(condition=Q(days__in=HORIZONS), name="a_judged_horizon_is_known"),
            models.CheckConstraint(condition=Q(days_seen__lte=F("days")), name="no_more_days_seen_than_passed"),
            models.CheckConstraint(
                condition=Q(inside_80__lte=F("inside_95"), inside_95__lte=F("days_seen")),
                name="the_80_interval_lies_within_the_95",
            ),
            models.CheckConstraint(
                condition=Q(
                    days_seen=0,
                    error__isnull=True,
                    standing_error__isnull=True,
                    crps__isnull=True,
                    last_step__isnull=True,
                    outcome__isnull=True,
                )
                | Q(  # a comparison with NULL is not false in SQL: say that they are there
                    days_seen__gt=0,
                    error__isnull=False,
                    standing_error__isnull=False,
                    crps__isnull=False,
                    last_step__isnull=False,
                    outcome__isnull=False,
                    error__gte=0,
                    standing_error__gte=0,
                    crps__gte=0,
                    last_step__gte=1,
                    outcome__gt=0,
                ),
                name="a_score_rests_on_seen_days",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="score_by_due_day")]

    def __str__(self) -> str:
        return f"forecast {self.forecast_id} over {self.days} days"
