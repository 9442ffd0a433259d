"""An offer that was read but not believed: the quarantine."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from scraping.models.offer_terms import STATES, OfferTerms
from scraping.models.visit import Visit


class Decision(models.TextChoices):
    """What became of a held offer."""

    WAITING = "waiting", "waiting for review"
    ACCEPTED = "accepted", "accepted"
    REFUSED = "refused", "refused"
    CONFIRMED = "confirmed", "confirmed by a later check"


class QuarantinedOffer(OfferTerms):
    """What a visit read and why it was held back; recorded only when somebody, or a second visit, says yes.

    `candidates` are all prices that the page shows (amount, currency, kind, where, text); `chosen` is the one a person
    picked.
    """

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="quarantined_offer")
    why = models.TextField()
    new_identity = models.BooleanField(default=False, help_text="another product: accepting it starts a new series")
    confirmable = models.BooleanField(default=False, help_text="accepted when a later check finds the same")
    state = models.CharField(max_length=20, choices=STATES, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    chosen = models.JSONField(null=True, blank=True)
    decision = models.CharField(max_length=16, choices=Decision.choices, default=Decision.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = "quarantined offer"
        constraints: ClassVar = [
            *OfferTerms.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_at__isnull=True)
                | (~Q(decision="waiting") & Q(decided_at__isnull=False)),
                name="a_decision_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="a_decision_is_known"),
        ]

    def __str__(self) -> str:
        price = self.price or (self.get_state_display() if self.state else gettext("no price"))
        return f"{self.visit.product}: {price} ({self.get_decision_display()})"
