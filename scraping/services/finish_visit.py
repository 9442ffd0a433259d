"""From an answer to the end of a visit: read, judge, and write outcome, offer and evidence in one transaction.

Whoever fetched the page (a worker, a crawl) ends its visits here, so a price has one way into the database.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from scraping.amazon.page import read_page
from scraping.client.fetch import Answer
from scraping.models import Decision, Product, Snapshot, Visit, VisitStatus
from scraping.offer import PageReading
from scraping.services.describe_product import describe_product
from scraping.services.judge_reading import Verdict, judge
from scraping.services.page_source import marketplace_of
from scraping.services.quarantine import accept, earlier_sightings, hold_offer
from scraping.services.record_offer import record_offer
from scraping.services.snapshots import keep_snapshot
from scraping.spells import Terms

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class VisitResult:
    """What one look brought."""

    verdict: Verdict
    answer: Answer | None = None
    reading: PageReading | None = None


def read_answer(*, visit: Visit, answer: Answer) -> VisitResult:
    """Read and judge an answer; writes nothing."""
    reading = read_page(answer.body, marketplace=marketplace_of(visit.product.shop))
    verdict = judge(reading, product=visit.product, http_status=answer.status, content_type=answer.content_type)
    return VisitResult(verdict, answer, reading)


@transaction.atomic
def finish_visit(*, visit: Visit, token: int, look: VisitResult, seconds: float) -> VisitStatus | None:
    """End the visit if this attempt still holds it (the fencing token); None if it does not, and nothing is written."""
    verdict = look.verdict
    held = Visit.objects.held(visit.pk, token).update(
        status=verdict.status,
        finished_at=timezone.now(),
        lease_until=None,
        reason=verdict.reason,
        http_status=look.answer.status if look.answer else None,
        page_bytes=len(look.answer.body) if look.answer else None,
        duration_ms=round(seconds * 1000),
        offer=as_json(look.reading) if look.reading and look.reading.offer else None,
        snapshot=_evidence(visit.product, look),
    )
    if not held:
        log.warning("visit_lost_its_lease", visit=visit.pk, attempt=token)
        return None
    visit.refresh_from_db(fields=["offer", "status"])
    status = record_look(visit=visit, look=look)
    log.info("visited", visit=visit.pk, product=visit.product_id, outcome=status.value)
    return status


def record_look(*, visit: Visit, look: VisitResult) -> VisitStatus:
    """Record what may be recorded, hold back what may not; a jump that an earlier look showed too is believed."""
    verdict, product = look.verdict, visit.product
    if verdict.status == VisitStatus.OK and verdict.terms and look.reading and look.reading.offer:
        describe_product(product=product, offer=look.reading.offer)
        record_offer(product_id=product.pk, at=moment_of(visit), terms=verdict.terms)
    elif verdict.held:
        held = hold_offer(
            visit=visit,
            why=verdict.reason,
            terms=verdict.terms,
            new_identity=verdict.new_identity,
            confirmable=verdict.confirmable,
        )
        if verdict.confirmable and verdict.terms:
            earlier = earlier_sightings(product=product, terms=verdict.terms, at=moment_of(visit))
            for sighting in [*earlier, held] if earlier else []:
                accept(held=sighting, decision=Decision.CONFIRMED)
            return VisitStatus.OK if earlier else verdict.status
    return verdict.status


def _evidence(product: Product, look: VisitResult) -> Snapshot | None:
    """The page, kept where it shows a change or a failure; a page like the last one adds nothing."""
    if look.answer is None or not look.answer.body:
        return None
    terms, latest = look.verdict.terms, product.latest_spell
    if look.verdict.status == VisitStatus.OK and terms and latest:
        known = Terms(latest.state, latest.price, latest.list_price, latest.seller_kind, latest.coupon)
        if known == terms:
            return None
    return keep_snapshot(page=look.answer.body)


def moment_of(visit: Visit) -> datetime:
    """The look's moment: when this attempt began (the claim wrote it), not when it was due."""
    moment: datetime | None = visit.started_at
    if moment is None:
        raise ValueError("a claimed visit has begun")
    return moment


def as_json(reading: PageReading) -> dict[str, Any]:
    """What was read, by which rule, for the operator and for later readers."""
    offer = reading.offer
    kept = {key: _plain(value) for key, value in asdict(offer).items() if value not in (None, "", ())} if offer else {}
    return {
        "offer": kept,
        "rules": reading.rules,
        "agreement": reading.agreement.value,
        "rivals": [str(price) for price in reading.rivals],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)
