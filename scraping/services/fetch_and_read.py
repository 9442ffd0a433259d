"""Look at a product's page politely: pace, breaker, robots and budgets, for visits, crawls and previews alike."""

from urllib.parse import urlsplit

import structlog
from django.conf import settings
from redis.exceptions import RedisError

from scraping.client import circuit_breaker
from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.fetch import Answer
from scraping.client.robots import check_robots
from scraping.client.transport import ask
from scraping.client.waiting import wait_for_slot
from scraping.models import Product, Visit, VisitStatus
from scraping.services.finish_visit import VisitResult, read_answer
from scraping.services.judge_reading import Verdict
from scraping.services.page_source import page_url, policy_of
from scraping.services.watch_product import why_not_looked_at

log = structlog.get_logger(__name__)
PATIENCE = 2.0  # seconds to wait for our turn here; a visit that must wait longer goes back into the queue


def ask_for(*, product: Product) -> Answer | FetchFailed:
    """Ask for the product's page, or say why it was not or could not be asked for; NotNow if it must wait."""
    if why_not := why_not_looked_at(product):
        return AddressForbidden(why_not)
    url, policy = page_url(product), policy_of(product.shop)
    try:
        wait_for_slot(urlsplit(url).netloc, product.shop.seconds_between_requests, patience=PATIENCE)
        if settings.OILWATCH_OBEY_ROBOTS:
            check_robots(url, policy)
        return ask(url, policy)
    except FetchFailed as error:
        return error


def judge_brought(*, visit: Visit, brought: Answer | FetchFailed) -> VisitResult:
    """Judge what asking brought, and tell the host's breaker."""
    if isinstance(brought, AddressForbidden):
        return VisitResult(Verdict(VisitStatus.FORBIDDEN, str(brought)))
    host = urlsplit(page_url(visit.product)).netloc
    if isinstance(brought, FetchFailed):
        _report(host, "failure")
        return VisitResult(Verdict(VisitStatus.UNREACHABLE, str(brought)))
    look = read_answer(visit=visit, answer=brought)
    _report(host, {VisitStatus.BLOCKED: "block", VisitStatus.UNREACHABLE: "failure"}.get(look.verdict.status, "ok"))
    if brought.retry_after:
        _report(host, "hold", brought.retry_after)
    return look


def _report(host: str, outcome: str, seconds: float = 0.0) -> None:
    try:
        if outcome == "hold":
            circuit_breaker.hold(host, seconds)
        else:
            circuit_breaker.report(host, outcome)
    except RedisError as error:
        log.warning("breaker_not_told", host=host, outcome=outcome, error=str(error))
