"""Forecasts by one named method alone, kept like the published ones, and how they turned out."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from forecasting.models.horizon_score import HorizonScore, score_constraints
from forecasting.models.published import PublishedQuerySet, is_stale
from forecasting.models.training import Training
from scraping.models import Product


class MethodForecast(models.Model):
    """A forecast that `method` made on `cutoff` of the prices of the days after it; people may ask for it by name.

    `quantiles[h][q]` is the price, in the shop's currency, that day `cutoff + h + 1` stays below with probability
    `levels[q]`; the median is the point. A database trigger refuses updates and deletion.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="method_forecasts")
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="method_forecasts")
    method = models.CharField(max_length=64)
    cutoff = models.DateField(help_text="the last day whose price was known")
    last_price = models.FloatField()
    levels = ArrayField(models.FloatField())
    quantiles = ArrayField(ArrayField(models.FloatField()))
    inputs = ArrayField(
        models.CharField(max_length=32),
        blank=True,
        default=list,
        help_text="what was used beside prices and calendar, for example producer_price",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PublishedQuerySet] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-cutoff", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "cutoff", "training", "method"],
                name="a_training_forecasts_a_product_once_a_day_by_a_method",
            ),
            models.CheckConstraint(condition=Q(last_price__gt=0), name="a_method_forecast_starts_from_a_price"),
            models.CheckConstraint(condition=~Q(method=""), name="a_method_forecast_names_its_method"),
        ]

    def __str__(self) -> str:
        values = {"product": self.product_id, "day": self.cutoff, "method": self.method}
        return gettext("forecast of product %(product)s from %(day)s (%(method)s)") % values

    @property
    def point(self) -> list[float]:
        """The median of each day: the expected price."""
        median = self.levels.index(0.5)
        return [day[median] for day in self.quantiles]

    def is_stale(self, seen: datetime) -> bool:
        """Whether a price was seen so long afterwards that the forecast says nothing about it."""
        return is_stale(self.cutoff, seen.date())


class MethodScore(HorizonScore):
    """One forecast by a method, scored over one horizon."""

    forecast = models.ForeignKey(MethodForecast, on_delete=models.CASCADE, related_name="scores")

    class Meta(HorizonScore.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "days"], name="a_method_forecast_is_scored_once_a_horizon"),
            *score_constraints(
                known="a_scored_method_horizon_is_known",
                passed="no_more_method_days_seen_than_passed",
                within="the_80_interval_of_a_method_lies_within_the_95",
                rests="a_method_score_rests_on_seen_days",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="method_score_by_due_day")]

    def __str__(self) -> str:
        return gettext("method forecast %(id)s over %(days)s days") % {"id": self.forecast_id, "days": self.days}
