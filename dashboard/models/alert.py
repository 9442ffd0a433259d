"""A rule a person set, and each time it fired."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from scraping.models import PriceSpell, Product


class AlertKind(models.TextChoices):
    """What the rule watches for."""

    PRICE_BELOW = "price_below", "the price falls to or below"
    PER_LITRE_BELOW = "per_litre_below", "the price per litre falls to or below"


class Alert(models.Model):
    """Tell this person when this product reaches this price."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    threshold = models.DecimalField(max_digits=14, decimal_places=4, help_text="in the shop's currency")
    email = models.EmailField(blank=True, help_text="where to write; empty: the user's own address")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(threshold__gt=0), name="an_alerts_threshold_is_positive"),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="an_alerts_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.threshold} ({self.product})"


class Delivery(models.Model):
    """One firing of an alert: at most one for each spell, whatever dies in between."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    spell = models.ForeignKey(PriceSpell, null=True, on_delete=models.SET_NULL, related_name="+")
    event = models.CharField(max_length=64, help_text="what fired it, the same for one event however often seen")
    price = models.DecimalField(max_digits=14, decimal_places=4)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "event"], name="an_alert_fires_once_for_an_event")
        ]

    def __str__(self) -> str:
        return f"delivery of alert {self.alert_id} for {self.event}"
