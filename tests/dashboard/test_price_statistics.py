"""Averages by time, lows and highs over all history: every figure computed by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.history import Stretch
from dashboard.price_statistics import average, held_prices, price_statistics, usual_price

DAY = timedelta(days=1)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
GAP = 2 * DAY


def _stretch(first, last, price, **values):
    return Stretch(BEGIN + first * DAY, BEGIN + last * DAY, price, **values)


# 10 days at 20 (0-10: the next price was found on day 10), 20 days at 10 (10-30), a gap of 30 days without a check,
# then 40 days at 30 (60-100).
HISTORY = [_stretch(0, 9, 20.0), _stretch(10, 30, 10.0), _stretch(60, 100, 30.0)]


def test_a_price_holds_until_the_next_is_found_and_never_across_a_gap():
    spans = [((each.begin - BEGIN) / DAY, (each.end - BEGIN) / DAY) for each in held_prices(HISTORY, max_gap=GAP)]
    assert spans == [(0, 10), (10, 30), (60, 100)]


def test_figures_by_hand():
    (figures,) = price_statistics(HISTORY, max_gap=GAP)
    assert figures.current == 30.0
    # 30 days before day 100: 30 alone. 90 days: 20 days at 10 (10-30) and 40 at 30. A year: 10 days at 20 more.
    assert figures.averages == pytest.approx((30.0, (20 * 10 + 40 * 30) / 60, (10 * 20 + 20 * 10 + 40 * 30) / 70))
    assert (figures.low, figures.low_at) == (10.0, BEGIN + 30 * DAY)
    assert (figures.high, figures.high_at) == (30.0, BEGIN + 100 * DAY)
    assert figures.share_at_low == pytest.approx(20 / 70)


def test_hours_count_not_days():
    half = [_stretch(0, 0.5, 10.0), _stretch(0.5, 2, 20.0)]
    (figures,) = price_statistics(half, max_gap=GAP)
    assert figures.averages[0] == pytest.approx((0.5 * 10 + 1.5 * 20) / 2)
    assert figures.share_at_low == pytest.approx(0.25)


def test_out_of_stock_counts_for_nothing():
    gone = [*HISTORY, Stretch(BEGIN + 100 * DAY, BEGIN + 150 * DAY, None, "unavailable")]
    (figures,) = price_statistics(gone, max_gap=GAP)
    assert figures.current is None
    assert figures.averages[0] is None  # days 120 to 150 had no price
    assert figures.averages[1] == pytest.approx(30.0)  # days 60 to 150: 40 days at 30
    assert figures.high_at == BEGIN + 100 * DAY


def test_other_kinds_of_price_have_figures_of_their_own():
    history = [
        _stretch(0, 10, 20.0, list_price=25.0, kinds={"subscription": 18.0}),
        _stretch(10, 20, 20.0, kinds={"subscription": 16.0, "used": 12.0}),
        _stretch(20, 30, 20.0),
    ]
    figures = {each.kind: each for each in price_statistics(history, max_gap=GAP)}
    assert list(figures) == ["", "list", "subscription", "used"]
    assert (figures["list"].current, figures["list"].low, figures["list"].averages[0]) == (None, 25.0, 25.0)
    assert figures["subscription"].averages[0] == pytest.approx(17.0)
    assert figures["subscription"].share_at_low == pytest.approx(0.5)
    assert figures["used"].current is None


def test_a_single_check_is_a_price_too():
    (figures,) = price_statistics([_stretch(0, 0, 20.0)], max_gap=GAP)
    assert figures.averages == (20.0, 20.0, 20.0)
    assert figures.share_at_low == 1.0
    assert price_statistics([Stretch(BEGIN, BEGIN, None, "unavailable")], max_gap=GAP) == []
    assert price_statistics([], max_gap=GAP) == []


def test_the_usual_price_is_the_median_by_time():
    held = held_prices(HISTORY, max_gap=GAP)
    assert usual_price(held, since=BEGIN) == 30.0  # 40 of 70 days
    assert usual_price(held[:2], since=BEGIN) == 10.0  # 20 of 30 days
    assert usual_price(held, since=BEGIN + 200 * DAY) is None
    assert average(held, since=BEGIN + 200 * DAY) is None
