"""What is a deal, at each of its limits."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.deals import Deal, Offer, deal

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def days_ago(days: float, price: float, length: float = 1) -> Offer:
    return Offer(NOW - days * DAY, NOW - (days - length) * DAY, price)


def deal_of(*offers: Offer, per_litre: float = 7.0) -> Deal | None:
    return deal(offers, per_litre=per_litre, grade=[6.0, 8.0, 10.0], now=NOW)


@pytest.mark.parametrize(("history", "expected"), [(29, False), (30, True)])
def test_a_low_needs_thirty_days_of_history(history: int, *, expected: bool) -> None:
    before = days_ago(1 + history, 40.0, length=history)
    assert (deal_of(before, days_ago(1, 39.0)) is not None) == expected


@pytest.mark.parametrize(("price", "expected"), [(36.0, True), (36.1, False)])
def test_a_drop_of_a_tenth_needs_none(price: float, *, expected: bool) -> None:
    assert (deal_of(days_ago(3, 40.0, 2), days_ago(1, price)) is not None) == expected


@pytest.mark.parametrize(("days", "expected"), [(14, True), (15, False)])
def test_a_deal_is_two_weeks_young(days: int, *, expected: bool) -> None:
    assert (deal_of(days_ago(days + 5, 40.0, 5), days_ago(days, 30.0, days)) is not None) == expected


@pytest.mark.parametrize(("per_litre", "expected"), [(8.0, True), (8.01, False)])
def test_its_litre_is_not_dear_for_its_grade(per_litre: float, *, expected: bool) -> None:
    offers = (days_ago(3, 40.0, 2), days_ago(1, 30.0))
    assert (deal_of(*offers, per_litre=per_litre) is not None) == expected


def test_a_low_of_long_ago_does_not_count() -> None:
    """Lower than in the ninety days before is a low, whatever it cost a year ago."""
    year_ago, before = days_ago(365, 20.0, 10), days_ago(80, 40.0, 79)
    result = deal_of(year_ago, before, days_ago(1, 39.0))
    assert result is not None
    assert result.low_before == 40.0
