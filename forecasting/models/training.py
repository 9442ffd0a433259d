"""One retraining: an order, spread over workers as parts, and the entry it leaves in the registry."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from scraping.jobs.job import Job


class TrainingStatus(models.TextChoices):
    """How a training, or a part of one, stands."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"
    DEAD = "dead", "failed after too many attempts"


class Standing(models.TextChoices):
    """Whether people get to see what a training says. The newest served training of a scope is its champion."""

    NONE = "", "not trained yet"
    SERVED = "served", "served"
    HELD_BACK = "held_back", "held back: worse than the champion on the backtest"
    ROLLED_BACK = "rolled_back", "rolled back by an operator"


class TrainingSource(models.TextChoices):
    """Where the order for a training came from."""

    SCHEDULE = "schedule", "the schedule"
    DRIFT = "drift", "prices that left the forecasts"
    FIRST_START = "first start", "the first start"
    API = "api", "the API"
    ADMIN = "admin", "the admin"
    COMMAND = "command", "the command line"
    PREDICT = "predict", "a request for a forecast (before 0.1)"
    IMPORT = "import", "a training made outside the platform"


PUBLISHED = (Standing.SERVED, Standing.ROLLED_BACK)  # shown to people at some time: the public record counts them


class Training(Job):
    """What was fitted on what data, with which versions, how well it did, and where its artefact lies.

        queued --planned into parts--> running --last part published--> done
                                          +-- no part could be trained, or out of time: failed

    While it runs, `lease_until` is the time limit of the whole; each part has a short lease of its own.
    """

    scope = models.CharField(max_length=64, default="all", help_text="'all', or a key for its products")
    product_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="empty: every product")
    source = models.CharField(max_length=16, choices=TrainingSource.choices, default=TrainingSource.SCHEDULE)
    requested_by = models.CharField(max_length=150, blank=True)
    because = models.CharField(max_length=200, blank=True, help_text="why it was started ahead of schedule")
    status = models.CharField(max_length=16, choices=TrainingStatus.choices, default=TrainingStatus.QUEUED)
    standing = models.CharField(max_length=16, choices=Standing.choices, default=Standing.NONE, blank=True)
    standing_reason = models.CharField(max_length=300, blank=True)
    served_from = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="when it was first served, by the database's clock: its forecasts count from then on",
    )
    series_total = models.PositiveIntegerField(default=0)
    series_done = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the data it was fitted on")
    versions = models.JSONField(default=dict, blank=True)
    parameters = models.JSONField(default=dict, blank=True, help_text="shop -> what was chosen on its history")
    chosen = models.JSONField(default=dict, blank=True, help_text="method -> how many forecasts it made")
    scores = models.JSONField(default=dict, blank=True, help_text="shop -> its backtest at this training")
    baseline = models.JSONField(default=dict, blank=True, help_text="shop -> the baseline of later trainings")
    refused = models.JSONField(default=dict, blank=True, help_text="product id -> codes of why it has no forecast")
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    artefact = models.CharField(max_length=255, blank=True, help_text="file name in the artefact folder")
    checksum = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the artefact")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["scope", "-id"], condition=Q(standing="served"), name="the_champions_of_a_scope")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope"], condition=Q(status="running"), name="a_scope_has_one_running_training"
            ),
            models.UniqueConstraint(fields=["scope"], condition=Q(status="queued"), name="a_scope_waits_once"),
            models.CheckConstraint(condition=Q(source__in=TrainingSource.values), name="a_trainings_source_is_known"),
            models.CheckConstraint(condition=Q(status__in=TrainingStatus.values), name="a_trainings_status_is_known"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="a_trainings_standing_is_known"),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False),
                name="a_running_training_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | (~Q(artefact="") & ~Q(checksum="")),
                name="a_done_training_has_an_artefact",
            ),
            models.CheckConstraint(
                condition=Q(standing="", status__in=[status for status in TrainingStatus.values if status != "done"])
                | (~Q(standing="") & Q(status="done")),
                name="a_training_stands_once_it_is_done",
            ),
        ]

    def __str__(self) -> str:
        scope = self.scope if self.product_ids else gettext("all products")
        values = {"id": self.pk, "scope": scope, "status": self.get_status_display()}
        return gettext("training %(id)s of %(scope)s: %(status)s") % values
