"""What a scored forecast is, of a product or an index: errors, intervals and the days they rest on."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from forecasting.models.forecast import Forecast
from forecasting.models.index_forecast import IndexForecast

HORIZONS = (7, 14, 30)  # days; each row scores days 1..h together
LATE_PRICES = timedelta(days=14)  # scores take in prices that arrive this long after the last day, then never change
# the figures of a score; written again where prices came late
SCORED_FIELDS = (
    "days_seen",
    "error",
    "naive_error",
    "crps",
    "inside_80",
    "inside_95",
    "last_step",
    "outcome",
)

# a comparison with NULL is not false in SQL: say what is there and what is not
RESTS_ON_SEEN_DAYS = Q(
    days_seen=0,
    error__isnull=True,
    naive_error__isnull=True,
    crps__isnull=True,
    last_step__isnull=True,
    outcome__isnull=True,
) | Q(
    days_seen__gt=0,
    error__isnull=False,
    naive_error__isnull=False,
    crps__isnull=False,
    last_step__isnull=False,
    outcome__isnull=False,
    error__gte=0,
    naive_error__gte=0,
    crps__gte=0,
    last_step__gte=1,
    outcome__gt=0,
)


class HorizonScore(models.Model):
    """A forecast scored over the `days` days after it was published, on those with an observed price; as shares of 1.

    The first day is the one after the cutoff, or after the day on which the forecast was first served if that was
    later. Errors are means over the seen days, in units of the newest price kept when it was published. `naive_error`
    is what assuming that this price stays would have erred; `outcome` is the price on `last_step`, the last of the
    seen days, counted from the cutoff. A database trigger refuses updates two weeks after `due_on`.
    """

    days = models.PositiveSmallIntegerField(help_text="the horizon: days 1 to this one are scored together")
    due_on = models.DateField(help_text="the last of those days")
    days_seen = models.PositiveSmallIntegerField(help_text="days with an observed price")
    error = models.FloatField(null=True, blank=True)
    naive_error = models.FloatField(null=True, blank=True)
    crps = models.FloatField(null=True, blank=True, help_text="twice the mean pinball loss")
    inside_80 = models.PositiveSmallIntegerField(default=0, help_text="observed days inside the 80% interval")
    inside_95 = models.PositiveSmallIntegerField(default=0, help_text="observed days inside the 95% interval")
    last_step = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-due_on", "-id"]


def score_constraints(known: str, passed: str, within: str, rests: str) -> list[models.CheckConstraint]:
    """What the database refuses of a score; the arguments are the constraints' names in one table."""
    return [
        models.CheckConstraint(condition=Q(days__in=HORIZONS), name=known),
        models.CheckConstraint(condition=Q(days_seen__lte=F("days")), name=passed),
        models.CheckConstraint(condition=Q(inside_80__lte=F("inside_95"), inside_95__lte=F("days_seen")), name=within),
        models.CheckConstraint(condition=RESTS_ON_SEEN_DAYS, name=rests),
    ]


class ForecastScore(HorizonScore):
    """One forecast of a product, scored over one horizon."""

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
        return gettext("forecast %(id)s over %(days)s days") % {"id": self.forecast_id, "days": self.days}


class IndexScore(HorizonScore):
    """One forecast of a grade's index, scored over one horizon by the changes of the index since its cutoff."""

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
        return gettext("index forecast %(id)s over %(days)s days") % {"id": self.forecast_id, "days": self.days}
