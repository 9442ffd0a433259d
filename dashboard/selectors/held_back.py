"""What was read of a product and held back, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from scraping.models import QuarantinedOffer

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
        .order_by("-visit__started_at", "-id")
        .values("price", "state", "new_identity", "confirmable", "decision", seen=F("visit__started_at"))[:NEWEST]
    )
    return [HeldBack(**row) for row in rows]
