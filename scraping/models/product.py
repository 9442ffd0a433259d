"""A listing that is, or was, watched in one shop."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from scraping.grade import Grade
from scraping.models.shop import Adapter, Shop, is_switched_off

GRADES = [(grade.value, grade.value.replace("_", " ")) for grade in Grade]


class Proposal(models.TextChoices):
    """What became of a product that a saved search found."""

    WAITING = "waiting", "waiting for review"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"


class ProductQuerySet(models.QuerySet["Product"]):
    """Which products may be scraped, and which may be the same oil."""

    def with_pages(self) -> Self:
        """Products whose shop has pages to fetch: prices of an import shop come from files."""
        return self.exclude(shop__adapter=Adapter.IMPORT)

    def followed(self) -> Self:
        """Products whose price is kept up to date, by visits or by pages that people send."""
        return self.with_pages().filter(watched=True, shop__enabled=True)

    def scrapable(self) -> Self:
        """Products to visit on schedule and on request: followed, in a shop that this server may read."""
        return self.followed().exclude(shop__adapter__in=[adapter for adapter in Adapter if is_switched_off(adapter)])

    def like_oil(self, *, title: str, brand: str, grade: str, currency: str, simulated: bool) -> Self:
        """Those that may sell the oil of a listing, in its currency, simulated apart: `same_oil` decides by the titles.

        None for a listing without a title, or of another oil than those with a grade.
        """
        words = title.split()
        if grade == Grade.OTHER or not words:
            return self.none()
        alike = self.filter(grade=grade, shop__currency=currency, litres__isnull=False)
        alike = alike.filter(shop__adapter=Adapter.DEMO) if simulated else alike.exclude(shop__adapter=Adapter.DEMO)
        return alike.filter(brand__iexact=brand) if brand else alike.filter(title__istartswith=words[0])


class Product(models.Model):
    """One listing of one shop: what it is, how many litres it holds, and the offer last seen there."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="products")
    sku = models.CharField(max_length=255, help_text="the ASIN on Amazon, the series' name in an import")
    title = models.CharField(max_length=512, blank=True)
    brand = models.CharField(max_length=128, blank=True)
    grade = models.CharField(max_length=16, choices=GRADES, default=Grade.OTHER.value)
    litres = models.DecimalField(
        max_digits=9, decimal_places=4, null=True, blank=True, help_text="the whole pack, in litres"
    )
    pack = models.PositiveSmallIntegerField(default=1, help_text="containers in the pack")
    image_url = models.URLField(max_length=512, blank=True)
    rating = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True, help_text="stars out of 5")
    reviews = models.PositiveIntegerField(null=True, blank=True, help_text="how many rated it")
    category = ArrayField(
        models.CharField(max_length=128), default=list, blank=True, help_text="the shop's own, widest first"
    )
    gtin = models.CharField(
        max_length=14, blank=True, help_text="the bar code (EAN-13, GTIN-14), where the page has it"
    )
    identity = models.JSONField(
        default=dict,
        blank=True,
        help_text="title, brand and litres when the series began",
    )
    series_since = models.DateTimeField(
        null=True, blank=True, help_text="earlier price spells belong to another product with this SKU"
    )
    watched = models.BooleanField(default=True, help_text="checked on schedule")
    proposal = models.CharField(
        max_length=16, choices=Proposal.choices, blank=True, help_text="set if a saved search found it"
    )
    latest_spell = models.ForeignKey(
        "scraping.PriceSpell",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    last_visit_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["shop_id", "sku"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shop", "sku"], name="a_sku_is_once_in_a_shop"),
            models.CheckConstraint(condition=~Q(sku=""), name="a_product_has_a_sku"),
            models.CheckConstraint(
                condition=Q(litres__isnull=True) | Q(litres__gt=0), name="a_product_holds_more_than_nothing"
            ),
            models.CheckConstraint(
                condition=~Q(proposal__in=["waiting", "declined"], watched=True),
                name="a_product_is_watched_only_once_accepted",
            ),
            models.CheckConstraint(condition=Q(pack__gte=1), name="a_pack_holds_at_least_one"),
            models.CheckConstraint(condition=Q(grade__in=[g.value for g in Grade]), name="a_grade_is_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["grade"], name="product_by_grade")]

    def __str__(self) -> str:
        return self.title or self.sku
