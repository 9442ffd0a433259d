"""How the last look at each product ended, where it ended badly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scraping.models import OPEN, Visit, VisitStatus


@dataclass(frozen=True, slots=True)
class FailedLook:
    """A look that found no price."""

    status: str
    at: datetime
    reason: str


def failed_last_looks(product_ids: Iterable[int]) -> dict[int, FailedLook]:
    """Return the last look of each product whose last look failed: one query."""
    rows: Any = (
        Visit.objects.filter(product_id__in=list(product_ids))
        .exclude(status__in=OPEN)
        .order_by("product_id", "-due_at")
        .distinct("product_id")
        .values_list("product_id", "status", "finished_at", "reason")
    )
    return {
        product_id: FailedLook(status, at, reason)
        for product_id, status, at, reason in rows
        if status != VisitStatus.OK
    }


def failures_between(product_id: int, first: datetime, last: datetime, *, most: int = 2000) -> list[FailedLook]:
    """Return the failed looks of one product in a time, oldest first."""
    rows: Any = (
        Visit.objects.filter(product_id=product_id, finished_at__range=(first, last))
        .exclude(status__in=[*OPEN, VisitStatus.OK])
        .order_by("-finished_at")
        .values_list("status", "finished_at", "reason")[:most]
    )
    return [FailedLook(*row) for row in rows][::-1]
