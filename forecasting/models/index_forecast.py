"""The ledger of the grades' indices: like a product's forecast, kept as published."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from forecasting.models.published import PublishedQuerySet, SkillField
from forecasting.models.training import Training
from forecasting.product_forecast import ForecastSkill
from scraping.models.product import GRADES


class IndexForecast(models.Model):
    """A forecast made on `cutoff` of a grade's index, in currency per litre, on the days after it.

    `quantiles[h][q]` is the level that day `cutoff + h + 1` stays below with probability `levels[q]`. A database
    trigger refuses updates.
    """

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="index_forecasts")
    grade = models.CharField(max_length=16, choices=GRADES)
    currency = models.CharField(max_length=3, help_text="ISO 4217, for example EUR")
    simulated = models.BooleanField(default=False, help_text="of the demo shop's products")
    cutoff = models.DateField(help_text="the last day of the index")
    last_value = models.FloatField(help_text="the index on that day, per litre")
    method = models.CharField(max_length=64)
    levels = ArrayField(models.FloatField())
    quantiles = ArrayField(ArrayField(models.FloatField()))
    point = ArrayField(models.FloatField())
    skill = SkillField(default=ForecastSkill, blank=True, help_text="measured against the last value, by horizon")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PublishedQuerySet] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-cutoff", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grade", "currency", "simulated", "cutoff", "training"],
                name="a_training_forecasts_an_index_once_a_day",
            ),
            models.CheckConstraint(condition=Q(last_value__gt=0), name="an_index_forecast_starts_from_a_value"),
        ]

    def __str__(self) -> str:
        values = {"grade": self.get_grade_display(), "currency": self.currency}
        text = gettext("forecast of %(grade)s in %(currency)s from %(day)s (%(method)s)")
        return text % {**values, "day": self.cutoff, "method": self.method}
