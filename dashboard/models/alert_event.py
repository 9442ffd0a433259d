"""One row for each time a rule was met, whether or not a message arrived."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from dashboard.models.alert import Alert
from scraping.models import PriceSpell, Product


class AlertEvent(models.Model):
    """One event of one alert on one product: at most one row for each, whoever saw it how often."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="alert_events")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    spell = models.ForeignKey(PriceSpell, null=True, on_delete=models.SET_NULL, related_name="+")
    event = models.CharField(max_length=64, help_text="what triggered it; the same for repeated checks of one event")
    price = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="the price that was compared, per pack or per litre",
    )
    before = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="the price that a change or a low is compared with",
    )
    happened_at = models.DateTimeField(help_text="when the price, the stock or the advice changed")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "product", "event"], name="an_alert_triggers_once_for_an_event")
        ]

    def __str__(self) -> str:
        return gettext("alert %(id)s was triggered") % {"id": self.alert_id}
