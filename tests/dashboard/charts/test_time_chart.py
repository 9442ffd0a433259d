"""What a chart over days holds: its window, its axis, its low, and what is switched on."""

from datetime import timedelta

import pytest

from dashboard.charts.fan import Fan
from dashboard.charts.time_chart import TimeChart, axis_marks, days_line, forecast_line, lowest
from tests.dashboard.charts.charts_of_days import BEGIN, DAY, days, full_chart


def test_the_window_ends_with_the_forecasts_that_are_shown():
    chart = full_chart()
    assert chart.window(timedelta(days=30)) == (BEGIN + 89 * DAY, BEGIN + 149 * DAY)
    assert chart.showing(["list"]).window(None) == (BEGIN, BEGIN + 119 * DAY)
    assert chart.showing([]).window(timedelta(days=999))[0] == BEGIN, "never before the first day"


def test_the_leading_line_is_always_shown():
    chart = full_chart().showing(["prophet"])
    assert [line.key for line in chart.lines if line.shown] == ["price"]
    assert [each.key for each in chart.forecasts if each.shown] == ["prophet"]


def test_the_axis_holds_all_that_is_shown_and_no_more():
    first, last = full_chart().window(None)
    marks = axis_marks(full_chart(), first, last, most=6)
    assert marks[0] <= 6
    assert marks[-1] >= 11
    marks = axis_marks(full_chart().showing([]), first, last, most=6)
    assert 7 <= marks[0] <= 8
    assert 10 <= marks[-1] < 11


def test_a_price_that_never_moves_looks_so():
    chart = TimeChart(begin=BEGIN, end=BEGIN + 9 * DAY, lines=(days_line("price", "Price", days(0, 9, 10.0)),))
    marks = axis_marks(chart, *chart.window(None), most=6)
    assert marks[-1] - marks[0] >= 1.2


def test_the_low_is_of_the_window_and_its_latest_day():
    chart = full_chart()
    assert lowest(chart, BEGIN, BEGIN + 149 * DAY) == (BEGIN + 89 * DAY, 8.0)
    assert lowest(chart, BEGIN + 95 * DAY, BEGIN + 149 * DAY) == (BEGIN + 119 * DAY, 9.0)
    assert lowest(chart, BEGIN + 95 * DAY, BEGIN + 99 * DAY) is None


def test_a_day_left_out_has_no_price():
    line = days_line("price", "Price", days(0, 1, 10.0) | days(3, 3, 6.0), divisor=2)
    assert line.values == (5.0, 5.0, None, 3.0)


def test_a_forecast_starts_from_the_last_price_in_the_chart_s_unit():
    (fan, prophet) = full_chart().forecasts
    assert fan.values[0] == 9.0
    assert len(fan.values) == 31
    assert [band.share for band in fan.bands] == ["95", "80", "50"]
    assert [band.share for band in prophet.bands] == ["80"]
    widths = [band.high[1] - band.low[1] for band in fan.bands]
    assert widths == sorted(widths, reverse=True)
    assert all(band.low[0] == band.high[0] == 9.0 for band in fan.bands)


@pytest.mark.parametrize("most", [4, 6])
def test_nothing_shown_has_no_axis(most):
    chart = full_chart().showing([])
    assert axis_marks(chart, BEGIN + 95 * DAY, BEGIN + 99 * DAY, most=most) == []


def test_division_reaches_every_part_of_a_forecast():
    fan = full_chart().forecasts[0]
    half = forecast_line(_fan(), key="fan", name="Forecast", divisor=2)
    assert half.values[1] == fan.values[1] / 2
    assert half.bands[0].high[1] == fan.bands[0].high[1] / 2


def _fan():
    return Fan(BEGIN, 9.0, (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975), ((8.0, 8.4, 8.8, 9.0, 9.2, 9.5, 10.0),), (8.95,))
