"""What a person decided once and for later: which of the prices on a page is right, for a product or a whole shop."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from scraping.models.product import Product
from scraping.models.shop import Shop
from scraping.offer import PriceKind

KINDS = [(kind.value, kind.value.replace("_", " ")) for kind in PriceKind]


class PriceRuleQuerySet(models.QuerySet["PriceRule"]):
    """Which rules hold."""

    def active(self) -> Self:
        """Rules that were not undone."""
        return self.filter(revoked_at__isnull=True)

    def for_product(self, product: Product) -> "PriceRule | None":
        """The rule that holds for a product: its own, else its shop's."""
        own = Q(product=product) | Q(shop=product.shop_id)
        return self.active().filter(own).order_by(models.F("product_id").asc(nulls_last=True)).first()


class PriceRule(models.Model):
    """Where the readers disagree, take the price of this kind (and from this place on the page, if it names one)."""

    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.CASCADE, related_name="price_rules")
    shop = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.CASCADE, related_name="price_rules")
    kind = models.CharField(max_length=16, choices=KINDS)
    where = models.CharField(max_length=128, blank=True, help_text="the place on the page, as candidates name it")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    visits: Any  # the reverse of Visit.price_rule

    objects: ClassVar[PriceRuleQuerySet] = PriceRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, shop__isnull=True) | Q(product__isnull=True, shop__isnull=False),
                name="a_price_rule_is_of_a_product_or_of_a_shop",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PriceKind]), name="a_price_rules_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(revoked_at__isnull=True, product__isnull=False),
                name="a_product_has_one_active_price_rule",
            ),
            models.UniqueConstraint(
                fields=["shop"],
                condition=Q(revoked_at__isnull=True, shop__isnull=False),
                name="a_shop_has_one_active_price_rule",
            ),
        ]

    def __str__(self) -> str:
        values = {"what": self.product or self.shop, "kind": self.get_kind_display()}
        return gettext("%(what)s: prefer the %(kind)s price") % values

    def followed(self) -> "models.QuerySet[Any]":
        """The visits whose price it chose; those on which a person decided since rest on that decision."""
        visits: models.QuerySet[Any] = self.visits.exclude(quarantined_offer__decision__in=["accepted", "refused"])
        return visits
