"""The pace and the breaker hold for all workers together, on the real Redis."""

import pytest
import time_machine

from scraping.client import circuit_breaker
from scraping.client.rate_limiter import acquire
from scraping.client.shared_redis import shared_redis


def test_a_turn_is_taken_once() -> None:
    assert acquire("a", seconds_between=100) == 0
    assert 99 < acquire("a", seconds_between=100) <= 100
    assert acquire("b", seconds_between=100) == 0


def test_a_burst_and_not_one_more() -> None:
    granted = [acquire("a", seconds_between=100, burst=5) == 0 for _ in range(20)]
    assert sum(granted) == 5


@pytest.mark.parametrize(("outcome", "until"), [("block", 3), ("failure", 10)])
def test_the_breaker_opens_after_so_many_in_a_row(outcome: str, until: int) -> None:
    waits = [circuit_breaker.report("shop", outcome) for _ in range(until)]
    assert waits[:-1] == [0] * (until - 1)
    assert 0.8 * 60 <= waits[-1] <= 1.2 * 60 + 1
    assert circuit_breaker.seconds_to_wait("shop") > 0
    assert circuit_breaker.seconds_to_wait("another") == 0


def test_one_good_look_closes_it() -> None:
    for _ in range(2):
        circuit_breaker.report("shop", "block")
    circuit_breaker.report("shop", "ok")
    assert circuit_breaker.report("shop", "block") == 0


def test_half_open_one_look_is_let_through_and_a_failure_doubles_the_wait() -> None:
    for _ in range(3):
        circuit_breaker.report("shop", "block")
    shared_redis().hset("breaker:shop", "open_until", 1)  # the cool-down is over
    assert circuit_breaker.seconds_to_wait("shop") == 0
    assert circuit_breaker.seconds_to_wait("shop") > 0
    assert circuit_breaker.report("shop", "block") >= 2 * 60 * 0.8


def test_the_clock_is_redis_own() -> None:
    acquire("a", seconds_between=100)
    with time_machine.travel("2100-01-01", tick=False):
        assert acquire("a", seconds_between=100) > 0
