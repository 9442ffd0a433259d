"""Read stored pages again with today's reader: what was a gap after a layout change becomes history."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from scraping.client.fetch import Answer
from scraping.models import Decision, QuarantinedOffer, Visit, VisitStatus, when_seen
from scraping.services.finish_visit import as_json, record_result
from scraping.services.read_and_judge import VisitResult, read_and_judge
from scraping.services.snapshots import page_of

WORTH_READING_AGAIN = (
    VisitStatus.UNREADABLE,
    VisitStatus.IMPLAUSIBLE,
    VisitStatus.WRONG_PRODUCT,
    VisitStatus.UNKNOWN_LOCATION,
)


def rereadable(*, statuses: Iterable[str] = WORTH_READING_AGAIN) -> "QuerySet[Visit]":
    """The visits that ended so and whose page is still stored, oldest first; decided ones are left alone."""
    visits = Visit.objects.filter(status__in=list(statuses), snapshot__isnull=False)
    undecided = visits.exclude(
        quarantined_offer__decision__in=[Decision.ACCEPTED, Decision.REFUSED, Decision.CONFIRMED]
    )
    oldest_first: QuerySet[Visit] = undecided.order_by(when_seen())
    return oldest_first


@transaction.atomic
def reread(*, visit_id: int) -> VisitStatus:
    """Read one visit's page again, and record or hold what comes out, at the moment the page was seen."""
    visit: Visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("product__shop", "product__latest_spell", "snapshot")
        .get(pk=visit_id)
    )
    if visit.snapshot is None:
        return VisitStatus(visit.status)
    result = judge_again(visit=visit, page=page_of(visit.snapshot))
    visit.status, visit.reason = result.assessment.status, result.assessment.reason
    visit.offer = as_json(result.reading) if result.reading and result.reading.offer else None
    visit.price_rule = result.assessment.price_rule
    visit.save(update_fields=["status", "reason", "offer", "price_rule"])
    if not result.assessment.held:
        QuarantinedOffer.objects.filter(visit=visit, decision=Decision.WAITING).delete()
    status = record_result(visit=visit, result=result)
    if status != visit.status:
        Visit.objects.filter(pk=visit.pk).update(status=status)
    return status


def judge_again(*, visit: Visit, page: bytes) -> VisitResult:
    """What today's reader and guards make of a visit's page; nothing is written."""
    response = Answer(url="", status=visit.http_status or 200, body=page, content_type="text/html", seconds=0.0)
    return read_and_judge(product=visit.product, response=response)
