"""Fewer points, the same corners."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.thinned import thinned

BEGIN = datetime(2023, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _line(prices):
    x = [None if price is None else BEGIN + number * HOUR for number, price in enumerate(prices)]
    return x, list(prices)


def test_hourly_changes_of_three_years_become_few_points():
    x, y = _line([30 + (number * 7919 % 500) / 100 for number in range(26_280)])
    fewer, prices = thinned(x, y)
    assert len(fewer) <= 1602
    assert (min(prices), max(prices)) == (min(y), max(y))  # type: ignore[type-var]


def test_a_peak_and_a_low_between_others_stay():
    prices = [10.0] * 100
    prices[40], prices[60] = 99.0, 1.0
    _, values = thinned(*_line(prices), buckets=1)
    assert values == [10.0, 99.0, 1.0, 10.0]


def test_what_is_short_stays_whole():
    x, y = _line([1.0, 2.0, None, 3.0])
    assert thinned(x, y) == (x, y)


@given(st.lists(st.one_of(st.none(), st.integers(1, 99)), min_size=9, max_size=120), st.integers(1, 3))
def test_corners_gaps_and_extremes_stay(prices, buckets):
    x, y = _line(prices)
    fewer, values = thinned(x, y, buckets=buckets)
    points = list(zip(x, y, strict=True))
    rest = iter(points)
    assert all(point in rest for point in zip(fewer, values, strict=True))  # every point was there, in this order
    known = [price for price in y if price is not None]
    left = [price for price in values if price is not None]
    assert (min(left, default=0), max(left, default=0)) == (min(known, default=0), max(known, default=0))
    assert values.count(None) == y.count(None)
    assert (values[:1], values[-1:]) == (y[:1], y[-1:])
