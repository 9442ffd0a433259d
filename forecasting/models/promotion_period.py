"""Promotions of a shop, entered by the operator."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from scraping.models import Shop


class PromotionPeriod(models.Model):
    """From `first_day` to `last_day` a shop sells at a discount, for example by its leaflet: Prophet takes the days in.

    Periods of one name share one effect, learned from those already seen. Black Friday and Amazon's Prime events come
    with oilwatch (`forecasting.market.promotion_days`).
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="promotion_periods")
    name = models.CharField(max_length=100, help_text="one name for all that work alike, for example 3x2")
    first_day = models.DateField()
    last_day = models.DateField(help_text="included")
    announced_on = models.DateField(
        null=True, blank=True, help_text="the day it became known; forecasts use it from then on, empty: always known"
    )

    class Meta:
        ordering: ClassVar = ["-first_day", "shop", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shop", "name", "first_day"], name="a_promotion_of_a_shop_begins_once_a_day"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="a_promotion_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(name=""), name="a_promotion_has_a_name"),
        ]

    def __str__(self) -> str:
        values = {"shop": self.shop, "name": self.name, "first": self.first_day, "last": self.last_day}
        return gettext("%(shop)s: %(name)s, %(first)s to %(last)s") % values
