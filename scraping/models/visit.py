"""One visit to a page, written before it is made: the job and its outcome in one row."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext

from scraping.jobs.job import Job, JobQuerySet
from scraping.models.price_rule import PriceRule
from scraping.models.product import Product
from scraping.models.scrape_run import ScrapeRun
from scraping.models.snapshot import Snapshot


class VisitStatus(models.TextChoices):
    """How a visit stands: two open states, then how it ended."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    OK = "ok", "read and saved"
    BLOCKED = "blocked", "the shop showed a robot check or refused"
    GONE = "gone", "the page no longer exists"
    UNREADABLE = "unreadable", "the page could not be read"
    WRONG_LOCATION = "wrong_location", "prices for another place or in another currency"
    UNKNOWN_LOCATION = "unknown_location", "the page does not say which place its prices are for"
    WRONG_PRODUCT = "wrong_product", "the page shows another product"
    IMPLAUSIBLE = "implausible", "the price is held for review"
    UNREACHABLE = "unreachable", "no complete answer within the time and size limits"
    FORBIDDEN = "forbidden", "not allowed by robots.txt or by this server's settings"
    CANCELLED = "cancelled", "cancelled before it began"
    DEAD = "dead", "failed after too many attempts"


class VisitSource(models.TextChoices):
    """How its page came here."""

    FETCH = "fetch", "fetched from the shop"
    CAPTURE = "capture", "sent from a person's browser"


OPEN = (VisitStatus.QUEUED, VisitStatus.RUNNING)


def when_seen(visit: str = "") -> Case:
    """`Visit.seen_at` in SQL; `visit` is the way to the visit, such as "visit__"."""
    return Case(
        When(**{f"{visit}source": VisitSource.CAPTURE}, then=F(f"{visit}due_at")), default=F(f"{visit}started_at")
    )


class VisitQuerySet(JobQuerySet):
    """Jobs, some of which never ran."""

    def made(self) -> Self:
        """Visits that ran and ended: open and cancelled ones say nothing about a page."""
        return self.exclude(status__in=[*OPEN, VisitStatus.CANCELLED])


class Visit(Job):
    """A visit to one product's page at one due time."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="visits")
    run = models.ForeignKey(ScrapeRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits")
    source = models.CharField(max_length=8, choices=VisitSource.choices, default=VisitSource.FETCH)
    due_at = models.DateTimeField(help_text="for a capture: when the person saw the page")
    status = models.CharField(max_length=16, choices=VisitStatus.choices, default=VisitStatus.QUEUED)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    page_bytes = models.PositiveIntegerField(null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits", editable=False
    )
    offer = models.JSONField(null=True, blank=True, help_text="what was read, and by which rule")
    price_rule = models.ForeignKey(
        PriceRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits", editable=False
    )

    objects: ClassVar[Any] = VisitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-due_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "due_at"], name="a_product_is_due_once_at_a_time"),
            models.CheckConstraint(condition=Q(status__in=VisitStatus.values), name="a_visits_status_is_known"),
            models.CheckConstraint(condition=Q(source__in=VisitSource.values), name="a_visits_source_is_known"),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False),
                name="a_running_visit_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running"], finished_at__isnull=True)
                | (~Q(status__in=["queued", "running"]) & Q(finished_at__isnull=False)),
                name="a_visit_is_open_or_finished",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dispatch_at"], condition=Q(status__in=["queued", "running"]), name="open_visits"),
            models.Index(fields=["run", "status"], name="visits_of_a_run"),
            models.Index(fields=["finished_at"], name="visits_by_end"),
        ]

    @property
    def seen_at(self) -> datetime:
        """When the page was seen: for a capture when the person saw it, else when this attempt began (the claim)."""
        moment: datetime | None = self.due_at if self.source == VisitSource.CAPTURE else self.started_at
        if moment is None:
            raise ValueError("a claimed visit has begun")
        return moment

    def __str__(self) -> str:
        return gettext("check %(id)s: %(status)s") % {"id": self.pk, "status": self.get_status_display()}
