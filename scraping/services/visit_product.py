"""Make one visit: claim it, ask politely, read, judge, and write outcome and offer in one transaction."""

import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from scraping.amazon.page import read_page
from scraping.client import breaker
from scraping.client.errors import AddressForbidden, FetchFailed, NotNow
from scraping.client.fetch import Answer, fetch
from scraping.client.robots import check_robots
from scraping.client.turn import take_turn
from scraping.doorbell import ring_on_commit
from scraping.models import Visit, VisitStatus
from scraping.offer import PageReading
from scraping.services.describe_product import describe_product
from scraping.services.judge_reading import Verdict, judge
from scraping.services.order_visits import VISIT_TASK
from scraping.services.page_source import marketplace_of, page_url, policy_of
from scraping.services.record_offer import record_offer
from scraping.services.watch_product import why_not_looked_at

log = structlog.get_logger(__name__)
PATIENCE = 2.0  # seconds a worker waits for its turn itself; longer waits go back into the queue
LONGEST_DEFERRAL = 300.0
WITHOUT_REDIS = 30.0  # fail closed: without the shared pace nobody is asked


@dataclass(frozen=True, slots=True)
class Look:
    """What one look brought."""

    verdict: Verdict
    answer: Answer | None = None
    reading: PageReading | None = None


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
    return _finish(claimed, token, look, seconds=time.monotonic() - begun)


def _look(visit: Visit) -> Look:
    product = visit.product
    if why_not := why_not_looked_at(product):
        return Look(Verdict(VisitStatus.FORBIDDEN, why_not))
    url, policy = page_url(product), policy_of(product.shop)
    host = urlsplit(url).netloc
    try:
        _wait_for_turn(host, product.shop.seconds_between_requests)
        if settings.OILWATCH_OBEY_ROBOTS:
            check_robots(url, policy)
        answer = fetch(url, policy)
    except AddressForbidden as error:
        return Look(Verdict(VisitStatus.FORBIDDEN, str(error)))
    except FetchFailed as error:
        _report(host, "failure")
        return Look(Verdict(VisitStatus.UNREACHABLE, str(error)))
    reading = read_page(answer.body, marketplace=marketplace_of(product.shop))
    verdict = judge(reading, product=product, http_status=answer.status, content_type=answer.content_type)
    _report(host, {VisitStatus.BLOCKED: "block", VisitStatus.UNREACHABLE: "failure"}.get(verdict.status, "ok"))
    return Look(verdict, answer, reading)


def _wait_for_turn(host: str, seconds_between: float) -> None:
    try:
        if (closed := breaker.seconds_to_wait(host)) > 0:
            raise NotNow(closed, f"{host} is left alone for {closed:.0f} s after blocks or failures")
        while (wait := take_turn(f"host:{host}", seconds_between=seconds_between)) > 0:
            if wait > PATIENCE:
                raise NotNow(wait, "not our turn yet")
            time.sleep(wait)
    except RedisError as error:
        raise NotNow(WITHOUT_REDIS, f"no shared pace without Redis: {error}") from error


def _report(host: str, outcome: str) -> None:
    try:
        breaker.report(host, outcome)
    except RedisError as error:
        log.warning("breaker_not_told", host=host, outcome=outcome, error=str(error))


def _put_back(visit: Visit, token: int, wait: NotNow) -> VisitStatus | None:
    """Queue the visit again without counting the attempt; a wait too long for a queue ends it as blocked."""
    if wait.seconds > LONGEST_DEFERRAL:
        return _finish(visit, token, Look(Verdict(VisitStatus.BLOCKED, wait.reason)), seconds=0.0)
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


@transaction.atomic
def _finish(visit: Visit, token: int, look: Look, *, seconds: float) -> VisitStatus | None:
    """Write outcome and offer together, if this attempt still holds the visit (the fencing token)."""
    now = timezone.now()
    held = Visit.objects.held(visit.pk, token).update(
        status=look.verdict.status,
        finished_at=now,
        lease_until=None,
        reason=look.verdict.reason,
        http_status=look.answer.status if look.answer else None,
        page_bytes=len(look.answer.body) if look.answer else None,
        duration_ms=round(seconds * 1000),
        offer=_as_json(look.reading) if look.reading and look.reading.offer else None,
    )
    if not held:
        log.warning("visit_lost_its_lease", visit=visit.pk, attempt=token)
        return None
    if look.verdict.terms is not None and look.reading and look.reading.offer:
        describe_product(product=visit.product, offer=look.reading.offer)
        record_offer(product_id=visit.product_id, at=_moment(visit), terms=look.verdict.terms)
    log.info("visited", visit=visit.pk, product=visit.product_id, outcome=look.verdict.status.value)
    return look.verdict.status


def _moment(visit: Visit) -> datetime:
    """The look's moment: when this attempt began (the claim wrote it), not when it was due."""
    moment: datetime | None = visit.started_at
    if moment is None:
        raise ValueError("a claimed visit has begun")
    return moment


def _as_json(reading: PageReading) -> dict[str, Any]:
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
