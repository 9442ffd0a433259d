"""One retraining: also its own job, claimed by a lease like a visit."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from scraping.job import Job


class TrainingStatus(models.TextChoices):
    """How a training stands."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"
    DEAD = "dead", "given up after too many attempts"


class Training(Job):
    """What was fitted on what data, with which versions, how well it did, and where its artefact lies."""

    scope = models.CharField(max_length=64, default="all", help_text="'all', or what stands for its products")
    product_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="empty: every product")
    source = models.CharField(max_length=16, default="schedule")
    requested_by = models.CharField(max_length=150, blank=True)
    status = models.CharField(max_length=16, choices=TrainingStatus.choices, default=TrainingStatus.QUEUED)
    series_total = models.PositiveIntegerField(default=0)
    series_done = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the data it was fitted on")
    versions = models.JSONField(default=dict, blank=True)
    chosen = models.JSONField(default=dict, blank=True, help_text="what was chosen, and why")
    scores = models.JSONField(default=dict, blank=True)
    refused = models.JSONField(default=dict, blank=True, help_text="product id -> why it has no forecast")
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    artefact = models.CharField(max_length=255, blank=True, help_text="file name in the artefact folder")
    checksum = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the artefact")

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scope"], condition=Q(status="running"), name="a_scope_has_one_running_training"
            ),
            models.CheckConstraint(condition=Q(status__in=TrainingStatus.values), name="a_trainings_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False),
                name="a_running_training_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | (~Q(artefact="") & ~Q(checksum="")),
                name="a_done_training_has_an_artefact",
            ),
        ]

    def __str__(self) -> str:
        return f"training {self.pk} of {self.scope}: {self.status}"
