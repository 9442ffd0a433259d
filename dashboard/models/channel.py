"""Where a person wants messages: an Apprise address, stored as the secret it is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Channel(models.Model):
    """One of a person's channels.

    The address holds tokens and passwords. It is stored as it was typed, protected like the rest of the database
    (nothing here encrypts it), and shown to nobody again, its owner included: see
    `dashboard.notifications.channels.address.masked`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channels")
    name = models.CharField(max_length=64)
    address = models.CharField(max_length=1024, editable=False)
    enabled = models.BooleanField(default=True)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.CharField(max_length=255, blank=True, editable=False)
    last_success_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name"], name="a_persons_channels_have_names_of_their_own"),
            models.CheckConstraint(condition=~Q(address=""), name="a_channel_has_an_address"),
            models.CheckConstraint(condition=~Q(name=""), name="a_channel_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
