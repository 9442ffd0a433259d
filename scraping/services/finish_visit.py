"""Finish a visit: write its outcome, offer and snapshot in one transaction.

Whoever fetched the page (a worker or a crawl) finishes here, so a price has one way into the database.
"""

from dataclasses import asdict
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from scraping.amazon.page_record import candidate_record
from scraping.models import Decision, Snapshot, Visit, VisitSource, VisitStatus
from scraping.offer import PageReading
from scraping.services.describe_product import describe_product
from scraping.services.quarantine import accept, earlier_sightings, hold_offer
from scraping.services.read_and_judge import VisitResult
from scraping.services.record_offer import record_offer
from scraping.services.snapshots import keep_snapshot

log = structlog.get_logger(__name__)


@transaction.atomic
def finish_visit(*, visit: Visit, token: int, result: VisitResult, seconds: float) -> VisitStatus | None:
    """End the visit if this attempt still holds it (the fencing token); None if it does not, and nothing is written."""
    assessment = result.assessment
    held = Visit.objects.held(visit.pk, token).update(
        status=assessment.status,
        finished_at=timezone.now(),
        lease_until=None,
        reason=assessment.reason,
        http_status=result.response.status if result.response else None,
        page_bytes=len(result.response.body) if result.response else None,
        duration_ms=round(seconds * 1000),
        offer=as_json(result.reading) if result.reading and result.reading.offer else None,
        snapshot=_snapshot(visit, result),
        price_rule=assessment.price_rule,
    )
    if not held:
        log.warning("visit_lost_its_lease", visit=visit.pk, attempt=token)
        return None
    visit.refresh_from_db(fields=["offer", "status"])
    status = record_result(visit=visit, result=result)
    log.info("visited", visit=visit.pk, product=visit.product_id, outcome=status.value)
    return status


def record_result(*, visit: Visit, result: VisitResult) -> VisitStatus:
    """Record what may be recorded, hold back what may not; a jump that an earlier visit showed too is believed."""
    assessment, product = result.assessment, visit.product
    if assessment.status == VisitStatus.OK and assessment.terms and result.reading and result.reading.offer:
        describe_product(product=product, offer=result.reading.offer)
        record_offer(product_id=product.pk, at=visit.seen_at, terms=assessment.terms)
    elif assessment.held:
        held = hold_offer(
            visit=visit,
            why=assessment.reason,
            terms=assessment.terms,
            new_identity=assessment.new_identity,
            confirmable=assessment.confirmable,
            candidates=[candidate_record(one) for one in result.reading.candidates] if result.reading else (),
        )
        if assessment.confirmable and assessment.terms:
            sent_by = visit.capture.user_id if visit.source == VisitSource.CAPTURE else None
            earlier = earlier_sightings(product=product, terms=assessment.terms, at=visit.seen_at, sent_by=sent_by)
            for sighting in [*earlier, held] if earlier else []:
                accept(held=sighting, decision=Decision.CONFIRMED)
            return VisitStatus.OK if earlier else assessment.status
    return assessment.status


def _snapshot(visit: Visit, result: VisitResult) -> Snapshot | None:
    """The page, stored where it shows a change or a failure; a page like the last one adds nothing."""
    if visit.source == VisitSource.CAPTURE:
        return visit.snapshot
    if result.response is None or not result.response.body:
        return None
    terms, latest = result.assessment.terms, visit.product.latest_spell
    if result.assessment.status == VisitStatus.OK and terms and latest and latest.terms == terms:
        return None
    return keep_snapshot(page=result.response.body)


def as_json(reading: PageReading) -> dict[str, Any]:
    """What was read, by which rule, for the operator and for later readers."""
    offer = reading.offer
    fields = (
        {key: _plain(value) for key, value in asdict(offer).items() if value not in (None, "", ())} if offer else {}
    )
    return {
        "offer": fields,
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
