"""Where products are watched: a marketplace, the demo shop, or the origin of an import."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from scraping.currency import ISO_4217


class Adapter(models.TextChoices):
    """How a shop's pages are fetched and read."""

    AMAZON = "amazon", "Amazon pages over HTTPS"
    DEMO = "demo", "the simulated shop on loopback"
    IMPORT = "import", "no pages: prices are imported from files"


def is_switched_off(adapter: str) -> bool:
    """Whether a setting keeps this server from reading the pages of such shops."""
    return adapter == Adapter.AMAZON and not settings.OILWATCH_SCRAPE_AMAZON


class PriceBasis(models.TextChoices):
    """Which of the prices on a page is the price of a product; where a page lacks it, what anyone pays."""

    REGULAR = "regular", "new, one unit, for anyone, without coupon"
    PRIME = "prime", "for Prime members"
    SUBSCRIPTION = "subscription", "with Subscribe & Save"
    COUPON = "coupon", "after the coupon"


class Shop(models.Model):
    """A marketplace with its currency, its language, the place it delivers to, and the pace of its visits."""

    name = models.CharField(max_length=64, help_text="amazon.es, demo, or an import source such as facua")
    adapter = models.CharField(max_length=16, choices=Adapter.choices)
    currency = models.CharField(max_length=3, help_text="ISO 4217, for example EUR")
    language = models.CharField(max_length=8, default="en")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166, for example ES")
    timezone = models.CharField(max_length=64, default="UTC", help_text="the timezone of the shop's days")
    delivery_place = models.CharField(
        max_length=32, blank=True, help_text="delivery postcode for prices, for example 28008"
    )
    accepts_unknown_place = models.BooleanField(
        default=False, help_text="record prices of pages that do not say which place they are for"
    )
    price_basis = models.CharField(
        max_length=16,
        choices=PriceBasis.choices,
        default=PriceBasis.REGULAR,
        help_text="which of the prices on a page is the price",
    )
    seconds_between_requests = models.FloatField(default=10.0)
    visit_interval = models.DurationField(default=timedelta(hours=6))
    max_gap = models.DurationField(
        default=timedelta(days=2), help_text="a longer time without a check ends a price spell"
    )
    enabled = models.BooleanField(default=True)
    accepts_discoveries = models.BooleanField(default=False, help_text="watch what a saved search finds without review")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="a_shop_has_its_own_name"),
            models.CheckConstraint(condition=~Q(name=""), name="a_shop_has_a_name"),
            models.CheckConstraint(condition=Q(adapter__in=Adapter.values), name="a_shop_has_a_known_adapter"),
            models.CheckConstraint(condition=Q(currency__in=sorted(ISO_4217)), name="a_shops_currency_is_iso_4217"),
            models.CheckConstraint(condition=Q(price_basis__in=PriceBasis.values), name="a_shops_price_basis_is_known"),
            models.CheckConstraint(condition=Q(seconds_between_requests__gt=0), name="a_shops_pace_is_positive"),
            models.CheckConstraint(condition=Q(visit_interval__gt=timedelta(0)), name="a_shop_is_visited_sometimes"),
            models.CheckConstraint(condition=Q(max_gap__gt=timedelta(0)), name="a_shops_max_gap_is_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_pages(self) -> bool:
        """Whether its products have pages to fetch: prices of an import shop come from files."""
        return self.adapter != Adapter.IMPORT

    @property
    def is_read_here(self) -> bool:
        """Whether this server fetches its pages: Amazon's only where the operator allowed that."""
        return self.has_pages and self.enabled and not self.is_amazon_switched_off

    @property
    def is_amazon_switched_off(self) -> bool:
        """Whether it is a marketplace that a setting keeps this server from reading."""
        return is_switched_off(self.adapter)

    @property
    def simulated(self) -> bool:
        """Whether its prices are made up (the demo shop)."""
        return self.adapter == Adapter.DEMO
