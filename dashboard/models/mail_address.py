"""An e-mail address somebody wants messages at, and whether its holder confirmed it.

named -> asked -> confirmed      by the link in the one message that asks
  ^        |
  '--------'                     sent again: by the person, or because the mail server surely had not taken it

Until then nothing else is written to it: whoever has an account could otherwise have mail sent to strangers.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class ConfirmedBy(models.TextChoices):
    """How it is known that its holder agrees."""

    LINK = "link", "the confirmation link"
    OPERATOR = "operator", "an operator"
    EARLIER = "earlier", "in use before confirmation was required"


class MailAddress(models.Model):
    """One address of one person, in small letters; the account's own address needs none.

    `ask_at` is when the message that asks is due, and None when none is; the row is also that message's job.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_addresses")
    email = models.EmailField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=16, choices=ConfirmedBy.choices, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["email"]
        verbose_name_plural = "e-mail addresses"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "email"], name="a_person_names_an_address_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | Q(confirmed_at__isnull=False, confirmed_by__in=ConfirmedBy.values),
                name="a_confirmed_address_says_by_whom",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ask_at"], condition=Q(confirmed_at__isnull=True), name="addresses_to_be_asked"),
        ]

    def __str__(self) -> str:
        return self.email
