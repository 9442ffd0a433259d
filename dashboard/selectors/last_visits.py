"""How the last visit at each product ended, where it ended badly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from scraping.models import OPEN, Product, QuarantinedOffer, Visit, VisitStatus, when_seen

NOT_WORTH_A_RETRY = (VisitStatus.OK, VisitStatus.BLOCKED, VisitStatus.FORBIDDEN, VisitStatus.GONE)


@dataclass(frozen=True, slots=True)
class FailedVisit:
    """A visit that found no price."""

    status: str
    at: datetime
    reason: str


def failed_last_visits(product_ids: Iterable[int]) -> dict[int, FailedVisit]:
    """Return the last visit of each product whose last visit failed: one query."""
    rows: Any = (
        Visit.objects.made()
        .filter(product_id__in=list(product_ids))
        .order_by("product_id", "-due_at")
        .distinct("product_id")
        .values_list("product_id", "status", "finished_at", "reason")
    )
    return {
        product_id: FailedVisit(status, at, reason)
        for product_id, status, at, reason in rows
        if status != VisitStatus.OK
    }


def failed_lately(since: datetime) -> QuerySet[Product]:
    """Watched products whose last visit has failed since a moment; no robot check waits among them.

    A shop that blocks is left alone by its breaker: asking again at once would be rude.
    """
    last = Visit.objects.made().filter(product=OuterRef("pk")).order_by("-due_at")
    return (
        Product.objects.scrapable()
        .filter(visits__finished_at__gte=since)
        .exclude(visits__status__in=OPEN)
        .annotate(last_status=Subquery(last.values("status")[:1]))
        .exclude(last_status__in=NOT_WORTH_A_RETRY)
        .select_related("shop")
        .distinct()
    )


def failures_between(product_id: int, first: datetime, last: datetime, *, most: int = 2000) -> list[FailedVisit]:
    """Return the failed visits of one product in a time, oldest first."""
    rows: Any = (
        Visit.objects.made()
        .filter(product_id=product_id, finished_at__range=(first, last))
        .exclude(status=VisitStatus.OK)
        .order_by("-finished_at")
        .values("status", "reason", at=F("finished_at"))[:most]
    )
    return [FailedVisit(**row) for row in rows][::-1]


NEWEST = 5


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One visit whose offer was not believed at once."""

    seen: datetime
    price: Decimal | None
    state: str
    new_identity: bool
    confirmable: bool
    decision: str


def held_back(product_id: int) -> list[HeldBack]:
    """Return the newest few, newest first: one query."""
    rows: Any = (
        QuarantinedOffer.objects.filter(visit__product_id=product_id, visit__started_at__isnull=False)
        .annotate(seen=when_seen("visit__"))
        .order_by("-seen", "-id")
        .values("price", "state", "new_identity", "confirmable", "decision", "seen")[:NEWEST]
    )
    return [HeldBack(**row) for row in rows]
