"""When and how often one person wants to be disturbed, and in which language."""

from typing import ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def is_timezone(name: str) -> None:
    """Refuse a name that is no time zone."""
    if name not in available_timezones():
        raise ValidationError(_("This is not a time zone. Example: Europe/Madrid."))


class NotificationPreferences(models.Model):
    """Quiet hours in the person's own time zone (they may pass midnight), and the most messages of one day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    timezone = models.CharField(max_length=64, default="Europe/Madrid", validators=[is_timezone])
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    most_a_day = models.PositiveSmallIntegerField(default=10)
    language = models.CharField(max_length=8, default="en")

    class Meta:
        verbose_name_plural = "notification preferences"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True) | ~Q(quiet_from=F("quiet_until")),
                name="quiet_hours_leave_some_of_the_day",
            ),
            models.CheckConstraint(condition=Q(most_a_day__gte=1, most_a_day__lte=100), name="a_day_has_1_to_100"),
        ]

    def __str__(self) -> str:
        return gettext("preferences of %(user)s") % {"user": self.user}
