"""What the alerts over many products have found: per product what they have taken in, per rule what was met."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dashboard.models.alert import Alert
from scraping.models import Product


class AlertMatch(models.Model):
    """A product on which a rule over a scope was met at least once; without a row the rule is armed for it.

    `armed` and `seen_until` are to this product what those of an alert are to its own: see
    dashboard/notifications/rules.py.
    """

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="matches")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    armed = models.BooleanField(default=False)
    seen_until = models.DateTimeField()

    class Meta:
        verbose_name_plural = "alert matches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "product"], name="a_rule_has_a_state_once_for_a_product")
        ]
        indexes: ClassVar = [
            models.Index(fields=["alert"], condition=Q(armed=False), name="what_a_rule_finds_met"),
        ]

    def __str__(self) -> str:
        return f"alert {self.alert_id} on product {self.product_id}"


class TakenIn(models.Model):
    """What the rules over scopes have taken in of a product: another offer, grade or volume than this is news."""

    product = models.OneToOneField(Product, primary_key=True, on_delete=models.CASCADE, related_name="taken_in")
    spell = models.BigIntegerField(null=True, help_text="the id of the price spell; the spell may be gone since")
    grade = models.CharField(max_length=16)
    litres = models.DecimalField(max_digits=9, decimal_places=4, help_text="0 where it is not known")

    class Meta:
        verbose_name_plural = "taken in"

    def __str__(self) -> str:
        return f"product {self.product_id}: spell {self.spell}"
