"""Make one visit: claim, fetch (or take the captured page), read and judge, finish."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from scraping.client.errors import FetchFailed, NotNow
from scraping.client.fetch import Answer
from scraping.jobs.dispatch import enqueue_on_commit
from scraping.models import Visit, VisitSource, VisitStatus
from scraping.services.captured_page import captured_page
from scraping.services.fetch_page import fetch_page
from scraping.services.finish_visit import finish_visit
from scraping.services.judge_reading import Assessment
from scraping.services.order_visits import VISIT_TASK
from scraping.services.page_source import PageSource, page_source
from scraping.services.read_and_judge import VisitResult, read_and_judge
from scraping.services.report_to_circuit import report_to_circuit

log = structlog.get_logger(__name__)
LONGEST_DEFERRAL = 300.0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A visit that is ours for the length of a lease, under its fencing token."""

    visit: Visit
    token: int
    source: PageSource
    begun: float = field(default_factory=time.monotonic)

    @property
    def is_capture(self) -> bool:
        """Whether the page is here already, from a person's browser."""
        return self.visit.source == VisitSource.CAPTURE


def visit(*, visit_id: int) -> VisitStatus | None:
    """Make the visit if it is free; returns how it ended, None if another worker has it or it must wait."""
    claimed = claim_visit(visit_id=visit_id)
    if claimed is None:
        return None
    if claimed.is_capture:
        return end_visit(claimed=claimed, response=captured_page(claimed.visit))
    try:
        response = fetch_page(product=claimed.visit.product, source=claimed.source)
    except NotNow as wait:
        return put_back(claimed=claimed, wait=wait)
    return end_visit(claimed=claimed, response=response)


def claim_visit(*, visit_id: int) -> Claimed | None:
    """Take the visit if it is free."""
    lease = timedelta(seconds=settings.OILWATCH_VISIT_LEASE_SECONDS)
    token = Visit.objects.claim(visit_id, now=timezone.now(), lease=lease)
    if token is None:
        return None
    visit = Visit.objects.select_related("product__shop", "product__latest_spell", "snapshot").get(pk=visit_id)
    return Claimed(visit, token, page_source(visit.product))


def end_visit(*, claimed: Claimed, response: Answer | FetchFailed) -> VisitStatus | None:
    """Read and judge the response, report it to the circuit breaker, and finish the visit if it is still ours."""
    result = read_and_judge(product=claimed.visit.product, response=response)
    if not claimed.is_capture:  # the shop was not asked
        report_to_circuit(host=claimed.source.host, result=result)
    seconds = time.monotonic() - claimed.begun
    return finish_visit(visit=claimed.visit, token=claimed.token, result=result, seconds=seconds)


def put_back(*, claimed: Claimed, wait: NotNow) -> VisitStatus | None:
    """Queue the visit again without counting the attempt; a wait too long for a queue ends it as blocked."""
    visit = claimed.visit
    if wait.seconds > LONGEST_DEFERRAL:
        blocked = VisitResult(Assessment(VisitStatus.BLOCKED, wait.reason))
        return finish_visit(visit=visit, token=claimed.token, result=blocked, seconds=0.0)
    again = timezone.now() + timedelta(seconds=wait.seconds)
    with transaction.atomic():
        Visit.objects.held(visit.pk, claimed.token).update(
            status=VisitStatus.QUEUED,
            attempts=claimed.token - 1,
            lease_until=None,
            dispatch_at=again + timedelta(seconds=10),
            reason=wait.reason,
        )
        enqueue_on_commit(VISIT_TASK, [visit.pk], countdown=wait.seconds)
    return None


SHORTEST, LONGEST = 0.2, 10.0  # seconds


def wait_out(visit_id: int) -> None:
    """Sleep until the visit's turn has come, at most ten seconds: then look again how it stands."""
    visit = Visit.objects.only("dispatch_at").get(pk=visit_id)
    time.sleep(min(max((visit.dispatch_at - timezone.now()).total_seconds(), SHORTEST), LONGEST))
