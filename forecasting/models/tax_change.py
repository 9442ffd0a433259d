"""Announced changes of a tax on retail prices, entered by the operator."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from scraping.models.product import GRADES


class TaxChange(models.Model):
    """From `starts_on` shops of a country charge another tax on these grades: forecasts take the step in.

    Rows that come with oilwatch (`forecasting.market.tax_table`) give way to rows of the same country and day.
    Rows may overlap: the later day goes on from where the earlier ended, and of one day the row that names fewer
    grades has the last word.
    """

    country = models.CharField(max_length=2, help_text="ISO 3166, for example ES")
    grades = ArrayField(
        models.CharField(max_length=16, choices=GRADES),
        blank=True,
        default=list,
        help_text="comma separated, for example extra_virgin,virgin,olive; empty: every grade",
    )
    starts_on = models.DateField(help_text="the first day of the new rate")
    percent_before = models.DecimalField(max_digits=5, decimal_places=2)
    percent_after = models.DecimalField(max_digits=5, decimal_places=2)
    announced_on = models.DateField(
        null=True, blank=True, help_text="the day it became known; backtests use it from then on, empty: always known"
    )
    law = models.CharField(max_length=200, blank=True, help_text="where it stands, for example Real Decreto-ley 4/2024")

    class Meta:
        ordering: ClassVar = ["-starts_on", "country"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["country", "starts_on", "grades"], name="a_country_changes_a_tax_once_a_day"
            ),
            models.CheckConstraint(condition=Q(country__regex="^[A-Z]{2}$"), name="a_taxing_country_has_two_letters"),
            models.CheckConstraint(
                condition=Q(percent_before__gte=0, percent_before__lt=100, percent_after__gte=0, percent_after__lt=100),
                name="a_tax_lies_between_nothing_and_the_price",
            ),
            models.CheckConstraint(
                condition=~Q(percent_before=F("percent_after")), name="a_change_of_tax_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.starts_on}: {self.percent_before} % -> {self.percent_after} %"
