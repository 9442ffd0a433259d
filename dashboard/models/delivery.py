"""Telling one person of one alert event over one way: the job and how it ended in one row.

queued -> sending -> sent
  ^ |        |---> queued    it surely did not arrive, and may when tried again: `due_at` says when
  | v        |---> failed    it surely did not arrive, and trying again would not help
 held        '---> unknown   it may have arrived: it is never sent again
  '------> stopped           its alert was stopped: from queued and held, and from sending where it did not arrive
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from dashboard.models.alert_event import AlertEvent
from dashboard.models.channel import Channel


class DeliveryState(models.TextChoices):
    """How the telling stands."""

    QUEUED = "queued", "queued"
    HELD = "held", "held until later: quiet hours or the daily limit"
    SENDING = "sending", "sending"
    SENT = "sent", "sent"
    FAILED = "failed", "failed"
    UNKNOWN = "unknown", "may have arrived"
    STOPPED = "stopped", "stopped before sending"


WAITING = (DeliveryState.QUEUED, DeliveryState.HELD)


class Delivery(models.Model):
    """One alert event over one way (a channel, or an e-mail address); `message` joins those sent in one message."""

    alert_event = models.ForeignKey(AlertEvent, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=16, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    wanted = models.BooleanField(default=True, help_text="no: the alert was stopped, so it is not retried")
    message = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, help_text="why it failed and what to change")

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["alert_event", "channel"], condition=Q(channel__isnull=False), name="a_channel_is_told_once"
            ),
            models.UniqueConstraint(
                fields=["alert_event", "email"], condition=~Q(email=""), name="an_address_is_written_to_once"
            ),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="a_deliverys_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="what_was_sent_has_its_moment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "held", "failed", "sent", "stopped"]) | Q(claimed_at__isnull=False),
                name="what_may_be_on_its_way_was_claimed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["queued", "held", "sending"]), name="open_deliveries"
            ),
            models.Index(fields=["user", "claimed_at"], name="deliveries_of_a_persons_day"),
        ]

    def __str__(self) -> str:
        return gettext("delivery %(id)s: %(state)s") % {"id": self.pk, "state": self.get_state_display()}
