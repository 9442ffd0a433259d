"""Daily prices, gaps, changes and statistics from stretches. Pure."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.history import Stretch, change, daily, gaps, joined, kinds_of, of_kind, statistics

TWO_DAYS = timedelta(days=2)


def _at(day, hour=12):
    return datetime(2026, 3, 1, hour, tzinfo=UTC) + timedelta(days=day)


def test_a_price_holds_until_the_next_and_not_across_silence():
    stretches = [Stretch(_at(0), _at(3), 10.0), Stretch(_at(4), _at(4), 12.0), Stretch(_at(20), _at(21), 9.0)]
    prices = daily(stretches, max_gap=TWO_DAYS)
    assert prices[date(2026, 3, 4)] == 10.0
    assert prices[date(2026, 3, 5)] == 12.0
    assert date(2026, 3, 8) not in prices
    assert prices[date(2026, 3, 22)] == 9.0


def test_silence_is_a_gap_and_so_is_a_state_without_a_price():
    stretches = [
        Stretch(_at(0), _at(3), 10.0),
        Stretch(_at(4), _at(6), None, "unavailable"),
        Stretch(_at(7), _at(8), 10.0),
        Stretch(_at(20), _at(21), 9.0),
    ]
    result = gaps(stretches, max_gap=TWO_DAYS)
    assert [(gap.state, gap.first, gap.last) for gap in result] == [
        ("unavailable", _at(4), _at(7)),
        ("no_look", _at(8), _at(20)),
    ]


def test_a_new_coupon_is_no_new_price():
    stretches = [Stretch(_at(0), _at(3), 10.0), Stretch(_at(4), _at(6), 10.0), Stretch(_at(20), _at(21), 10.0)]
    assert joined(stretches, max_gap=TWO_DAYS) == [Stretch(_at(0), _at(6), 10.0), stretches[2]]


def test_the_change_needs_a_price_on_both_days():
    stretches = [Stretch(_at(0), _at(40), 10.0), Stretch(_at(41), _at(45), 9.0)]
    prices = daily(stretches, max_gap=TWO_DAYS)
    assert change(prices, until=_at(45).date()) == pytest.approx(-0.1)
    assert change(prices, until=_at(20).date()) is None


def test_statistics_of_a_year():
    stretches = [
        Stretch(_at(0), _at(9), 10.0),
        Stretch(_at(10), _at(12), 8.0),
        Stretch(_at(13), _at(19), 10.0),
    ]
    figures = statistics(daily(stretches, max_gap=TWO_DAYS), since=_at(0).date())
    assert (figures.low, figures.high, figures.typical, figures.changes) == (8.0, 10.0, 10.0, 2)
    assert figures.low_day == _at(12).date()
    assert figures.share_at_low == pytest.approx(3 / 20)
    assert figures.mean == pytest.approx((17 * 10 + 3 * 8) / 20)
    assert figures.days_between_changes == 10
    assert statistics({}, since=date(2026, 1, 1)) is None


def test_of_two_prices_that_stood_as_long_the_lower_one_is_typical():
    prices = {_at(day).date(): price for day, price in enumerate([9.0, 9.0, 8.0, 8.0, 7.0])}
    figures = statistics(prices, since=_at(0).date())
    assert figures.typical == 8.0


@given(st.lists(st.tuples(st.integers(1, 9), st.one_of(st.none(), st.floats(1, 99))), max_size=20))
def test_a_day_has_a_price_or_lies_in_a_gap(lengths):
    stretches, day = [], 0
    for length, price in lengths:
        stretches.append(Stretch(_at(day), _at(day + length - 1), price, "in_stock" if price else "unavailable"))
        day += length + (3 if length == 5 else 0)
    prices = daily(stretches, max_gap=TWO_DAYS)
    holes = gaps(stretches, max_gap=TWO_DAYS)
    for number in range(day if stretches else 0):
        moment = _at(number)
        in_gap = any(gap.first <= moment <= gap.last for gap in holes)
        assert in_gap or moment.date() in prices or moment > stretches[-1].last


def test_a_kind_of_price_has_its_own_steps_whatever_the_price_did():
    stretches = [
        Stretch(_at(0), _at(3), 10.0, kinds={"prime": 9.0}),
        Stretch(_at(4), _at(6), 11.0, kinds={"prime": 9.0, "used": 5.0}),
        Stretch(_at(7), _at(8), 11.0),
    ]
    assert kinds_of(stretches) == {"prime", "used"}
    prime = of_kind(stretches, "prime", max_gap=TWO_DAYS)
    assert [(line.first, line.last, line.price) for line in prime] == [
        (_at(0), _at(6), 9.0),
        (_at(7), _at(8), None),
    ]
