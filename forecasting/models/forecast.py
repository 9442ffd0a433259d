"""The ledger: every forecast that was ever published, never changed afterwards."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from forecasting.models.published import AdviceField, OddsField, PublishedQuerySet, SkillField, is_stale
from forecasting.models.training import Training
from forecasting.policy.advice import Advice
from forecasting.product_forecast import FallOdds, ForecastSkill
from scraping.models import Product


class Forecast(models.Model):
    """A forecast made on `cutoff` of the prices of the days after it.

    `quantiles[h][q]` is the price, in the shop's currency, that day `cutoff + h + 1` stays below with
    probability `levels[q]`; `point[h]` is the one figure to act on. A database trigger refuses updates.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="forecasts")
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="forecasts")
    cutoff = models.DateField(help_text="the last day whose price was known")
    last_price = models.FloatField()
    method = models.CharField(max_length=64)
    levels = ArrayField(models.FloatField())
    quantiles = ArrayField(ArrayField(models.FloatField()))
    point = ArrayField(models.FloatField())
    skill = SkillField(default=ForecastSkill, blank=True, help_text="measured against the last price, by horizon")
    advice = AdviceField(default=Advice, blank=True)
    odds = OddsField(default=FallOdds, blank=True, help_text="chances that the price falls, by size in % and days")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PublishedQuerySet] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-cutoff", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "cutoff", "training"], name="a_training_forecasts_a_product_once_a_day"
            ),
            models.CheckConstraint(condition=Q(last_price__gt=0), name="a_forecast_starts_from_a_price"),
        ]

    def __str__(self) -> str:
        values = {"product": self.product_id, "day": self.cutoff, "method": self.method}
        return gettext("forecast of product %(product)s from %(day)s (%(method)s)") % values

    def is_stale(self, seen: datetime) -> bool:
        """Whether a price was seen so long afterwards that the forecast says nothing about it."""
        return is_stale(self.cutoff, seen.date())
