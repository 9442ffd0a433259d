"""A result counts for or against its host; a page we never asked for counts for neither."""

import pytest

from scraping.client import circuit_breaker
from scraping.client.circuit_breaker import BLOCKS_TO_OPEN
from scraping.models import VisitStatus
from scraping.services.judge_reading import Assessment
from scraping.services.read_and_judge import VisitResult
from scraping.services.report_to_circuit import report_to_circuit

HOST = "www.amazon.es"


@pytest.mark.parametrize(
    ("between", "opens"),
    [(VisitStatus.OK, False), (VisitStatus.UNREADABLE, False), (VisitStatus.FORBIDDEN, True)],
)
def test_only_what_was_asked_counts(between: VisitStatus, *, opens: bool) -> None:
    """Blocks in a row open the circuit: an answer in between ends the row, a visit that was not made does not."""
    blocked = VisitResult(Assessment(VisitStatus.BLOCKED))
    for _ in range(BLOCKS_TO_OPEN - 1):
        report_to_circuit(host=HOST, result=blocked)
    report_to_circuit(host=HOST, result=VisitResult(Assessment(between)))
    report_to_circuit(host=HOST, result=blocked)
    assert (circuit_breaker.seconds_to_wait(HOST) > 0) == opens
