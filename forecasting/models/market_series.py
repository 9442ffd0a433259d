"""Which imported series tell the market a shelf price follows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from scraping.models import Product


class MarketRole(models.TextChoices):
    """What a series says about the market."""

    ORIGIN = "origin", "producer price"


class MarketSeries(models.Model):
    """An imported series (a product without a page) and its part in the market."""

    name = models.CharField(max_length=255, help_text="name on charts")
    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="market_series")
    role = models.CharField(max_length=16, choices=MarketRole.choices, default=MarketRole.ORIGIN)
    unit = models.CharField(max_length=16, default="kg", help_text="the unit of one price")

    class Meta:
        ordering: ClassVar = ["role", "name"]
        verbose_name_plural = "market series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="a_market_series_has_its_own_name"),
            models.CheckConstraint(condition=~Q(name=""), name="a_market_series_has_a_name"),
            models.CheckConstraint(condition=Q(role__in=MarketRole.values), name="a_market_series_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"
