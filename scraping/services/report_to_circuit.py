"""Report a visit's result to the circuit breaker of its host."""

import structlog
from redis.exceptions import RedisError

from scraping.client import circuit_breaker
from scraping.models import VisitStatus
from scraping.services.read_and_judge import VisitResult

log = structlog.get_logger(__name__)
OUTCOMES = {VisitStatus.BLOCKED: "block", VisitStatus.UNREACHABLE: "failure"}


def report_to_circuit(*, host: str, result: VisitResult) -> None:
    """Count the result for or against the host; a page that was never requested counts for neither."""
    status, response = result.assessment.status, result.response
    if status == VisitStatus.FORBIDDEN:
        return
    try:
        circuit_breaker.report(host, OUTCOMES.get(status, "ok"))
        if response and response.retry_after:
            circuit_breaker.hold(host, response.retry_after)
    except RedisError as error:
        log.warning("circuit_report_failed", host=host, status=status, error=str(error))
