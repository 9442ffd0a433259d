"""Where an axis has its marks, and a forecast its quantiles."""

from datetime import date

from dashboard.charts.axis import month_marks, price_marks
from dashboard.charts.fan import Fan, at_level


def test_marks_are_round_and_few():
    assert price_marks(5.03, 6.21) == [5.0, 5.25, 5.5, 5.75, 6.0, 6.25]
    assert price_marks(7, 7)[0] <= 7
    assert [day.month for day in month_marks(date(2026, 1, 10), date(2026, 12, 20))] == [3, 5, 7, 9, 11]
    assert len(month_marks(date(2020, 1, 1), date(2026, 1, 1))) <= 8
    assert len(month_marks(date(2026, 1, 1), date(2026, 1, 20))) >= 2


def test_between_two_levels_a_quantile_lies_on_a_straight_line():
    fan = Fan(date(2026, 5, 20), 9.0, (0.1, 0.5, 0.9), ((8.5, 9.0, 9.5),), (9.0,))
    assert at_level(fan, 0.25) == [8.5 + 0.5 * (0.25 - 0.1) / 0.4]
    assert at_level(fan, 0.01) == [8.5]
