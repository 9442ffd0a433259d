"""One request to scrape: who made it, why, and how it went."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext


class Source(models.TextChoices):
    """Where an order came from."""

    SCHEDULE = "schedule", "the schedule"
    API = "api", "the API"
    ADMIN = "admin", "the admin"
    COMMAND = "command", "the command line"


class ScrapeRun(models.Model):
    """An order; its progress is counted from its visits, so it cannot contradict them."""

    source = models.CharField(max_length=16, choices=Source.choices)
    requested_by = models.CharField(max_length=150, blank=True, help_text="the user's name, where there is one")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="a_run_has_a_known_source")
        ]

    def __str__(self) -> str:
        return gettext("run %(id)s (%(source)s)") % {"id": self.pk, "source": self.get_source_display()}
