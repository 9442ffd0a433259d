"""Make one visit: claim it, wait for our turn, ask politely, and end it."""

import time
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from scraping.client import breaker
from scraping.client.errors import AddressForbidden, FetchFailed, NotNow
from scraping.client.robots import check_robots
from scraping.client.transport import ask
from scraping.client.waiting import wait_for_turn
from scraping.doorbell import ring_on_commit
from scraping.models import Visit, VisitStatus
from scraping.services.finish_visit import Look, finish_visit, read_answer
from scraping.services.judge_reading import Verdict
from scraping.services.order_visits import VISIT_TASK
from scraping.services.page_source import page_url, policy_of
from scraping.services.watch_product import why_not_looked_at

log = structlog.get_logger(__name__)
PATIENCE = 2.0  # seconds a worker waits for its turn itself; longer waits go back into the queue
LONGEST_DEFERRAL = 300.0


def visit(*, visit_id: int) -> VisitStatus | None:
    """Make the visit if it is free; returns how it ended, None if another worker has it or it must wait."""
    lease = timedelta(seconds=settings.OILWATCH_VISIT_LEASE_SECONDS)
    token = Visit.objects.claim(visit_id, now=timezone.now(), lease=lease)
    if token is None:
        return None
    claimed: Visit = Visit.objects.select_related("product__shop", "product__latest_spell").get(pk=visit_id)
    begun = time.monotonic()
    try:
        look = _look(claimed)
    except NotNow as wait:
        return _put_back(claimed, token, wait)
    return finish_visit(visit=claimed, token=token, look=look, seconds=time.monotonic() - begun)


def _look(visit: Visit) -> Look:
    product = visit.product
    if why_not := why_not_looked_at(product):
        return Look(Verdict(VisitStatus.FORBIDDEN, why_not))
    url, policy = page_url(product), policy_of(product.shop)
    host = urlsplit(url).netloc
    try:
        wait_for_turn(host, product.shop.seconds_between_requests, patience=PATIENCE)
        if settings.OILWATCH_OBEY_ROBOTS:
            check_robots(url, policy)
        answer = ask(url, policy)
    except AddressForbidden as error:
        return Look(Verdict(VisitStatus.FORBIDDEN, str(error)))
    except FetchFailed as error:
        _report(host, "failure")
        return Look(Verdict(VisitStatus.UNREACHABLE, str(error)))
    if answer.retry_after:
        breaker.hold(host, answer.retry_after)
    look = read_answer(visit=visit, answer=answer)
    _report(host, {VisitStatus.BLOCKED: "block", VisitStatus.UNREACHABLE: "failure"}.get(look.verdict.status, "ok"))
    return look


def _report(host: str, outcome: str) -> None:
    try:
        breaker.report(host, outcome)
    except RedisError as error:
        log.warning("breaker_not_told", host=host, outcome=outcome, error=str(error))


def _put_back(visit: Visit, token: int, wait: NotNow) -> VisitStatus | None:
    """Queue the visit again without counting the attempt; a wait too long for a queue ends it as blocked."""
    if wait.seconds > LONGEST_DEFERRAL:
        return finish_visit(visit=visit, token=token, look=Look(Verdict(VisitStatus.BLOCKED, wait.reason)), seconds=0.0)
    again = timezone.now() + timedelta(seconds=wait.seconds)
    with transaction.atomic():
        Visit.objects.held(visit.pk, token).update(
            status=VisitStatus.QUEUED,
            attempts=token - 1,
            lease_until=None,
            ring_at=again + timedelta(seconds=10),
            reason=wait.reason,
        )
        ring_on_commit(VISIT_TASK, [visit.pk], countdown=wait.seconds)
    return None
