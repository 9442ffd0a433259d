"""Addresses a person pasted, or what a search found: previews made in the background, before anything is watched."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from scraping.jobs.job import Job
from scraping.models.product import GRADES, Product
from scraping.models.shop import Shop


class PreviewList(models.Model):
    """One paste, or one search of a shop, of one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preview_lists")
    shop = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(
        max_length=128, blank=True, help_text="what was searched for; empty: addresses were pasted"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(words="", shop__isnull=True) | (~Q(words="") & Q(shop__isnull=False)),
                name="a_search_for_previews_has_words_and_a_shop",
            )
        ]

    def __str__(self) -> str:
        return f"previews {self.pk}"


class PreviewKind(models.TextChoices):
    """What a row is."""

    ADDRESS = "address", "a pasted address"
    SEARCH = "search", "a search, whose results become rows"
    RESULT = "result", "a result of a search"


class PreviewStatus(models.TextChoices):
    """How the work on a row stands; how it ended is its outcome."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    DEAD = "dead", "failed after too many attempts"


# Outcomes beside those of a visit.
REFUSED = "refused"  # no address of a product: `reason` is the fault, `detail` what of the address
LISTED = "listed"  # a result of a search: its own page was not read
NOT_READ = "not_read"  # the search page could not be read: `reason` says why


class PreviewRow(Job):
    """One preview: a job (see scraping/jobs/job.py) and what it read; no price is recorded from it."""

    preview_list = models.ForeignKey(PreviewList, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=PreviewKind.choices, default=PreviewKind.ADDRESS)
    text = models.CharField(max_length=2048, help_text="as it was pasted; of a result the address of its page")
    status = models.CharField(max_length=8, choices=PreviewStatus.choices, default=PreviewStatus.QUEUED)
    outcome = models.CharField(max_length=16, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    address = models.CharField(max_length=255, blank=True, help_text="the product's page, once it is known")
    shop_name = models.CharField(max_length=64, blank=True)
    sku = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=512, blank=True)
    grade = models.CharField(max_length=16, choices=GRADES, blank=True)
    litres = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    pack = models.PositiveSmallIntegerField(default=1)
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["preview_list_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["preview_list", "position"], name="a_preview_has_its_place"),
            models.CheckConstraint(condition=Q(status__in=PreviewStatus.values), name="a_previews_status_is_known"),
            models.CheckConstraint(condition=Q(kind__in=PreviewKind.values), name="a_previews_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False), name="a_running_preview_has_a_lease"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running"], finished_at__isnull=True)
                | (~Q(status__in=["queued", "running"]) & Q(finished_at__isnull=False)),
                name="a_preview_is_open_or_finished",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dispatch_at"], condition=Q(status__in=["queued", "running"]), name="open_previews"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be made."""
        return self.status in {PreviewStatus.QUEUED, PreviewStatus.RUNNING}

    def __str__(self) -> str:
        return f"preview {self.pk}: {self.status}"
