"""The drawn chart, read back: steps, gaps, the fan, the low, the axes, and nothing a shop could smuggle in."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.time_chart import TimeChart, days_line
from dashboard.charts.time_svg import ACROSS, DOWN, time_svg
from tests.dashboard.charts.charts_of_days import BEGIN, DAY, HOSTILE, full_chart

TEXTS = ChartTexts(low=f"low {{price}}, {{day}} {HOSTILE}")


def _drawn(chart, over=None, texts=TEXTS):
    first, last = chart.window(over)
    svg = time_svg(chart, texts, first=first, last=last, label=f"a chart {HOSTILE}")
    assert "<img" not in svg
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


def _percent(text):
    assert text.endswith("%")
    return float(text[:-1]) / 100


def _of(root, name):
    return [each for each in root.iter() if name in each.get("class", "").split()]


def _path(root, name):
    (path,) = _of(root, name)
    return path.get("d")


def _corners(path):
    """The points of a path of steps; None where the pen is lifted."""
    x = y = 0.0
    points: list[tuple[float, float] | None] = []
    for letter, first, second in re.findall(r"([MHV])([\d.]+)(?: ([\d.]+))?", path):
        if letter == "M":
            points += [None] if points else []
            x, y = float(first), float(second)
        x = float(first) if letter == "H" else x
        y = float(first) if letter == "V" else y
        points.append((x, y))
    return points


def test_a_price_holds_until_it_changes_and_a_gap_lifts_the_pen():
    path = _path(_drawn(full_chart()), "line-price")
    assert re.sub(r"[\d. ]+", "", path) == "MHVHMH"
    corners = _corners(path)
    assert corners[0][1] == corners[1][1] < corners[2][1], "10 stands above 8"
    assert corners[1][0] == corners[2][0], "a change is upright"
    before, after = corners[3], corners[5]
    day = (corners[1][0] - corners[0][0]) / 60
    assert after[0] - before[0] == pytest.approx(20 * day, abs=0.2)


def test_a_gap_is_hatched_from_edge_to_edge():
    root = _drawn(full_chart())
    (hatched,) = [each for each in root.iter() if each.tag == "rect"]
    corners = _corners(_path(root, "line-price"))
    edge = _percent(hatched.get("x"))
    assert edge * ACROSS == pytest.approx(corners[3][0], abs=0.11)
    assert (edge + _percent(hatched.get("width"))) * ACROSS == pytest.approx(corners[5][0], abs=0.21)
    (pattern,) = [each for each in root.iter() if each.tag == "pattern"]
    assert hatched.get("fill") == f"url(#{pattern.get('id')})"


def test_the_bands_lie_in_each_other_around_the_expected_price():
    root = _drawn(full_chart())
    boxes = []
    for share in ("95", "80", "50"):
        path = next(each for each in _of(root, f"band-{share}") if "band-fan" in each.get("class"))
        ys = [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", path.get("d"))]
        boxes.append((min(ys), max(ys)))
    expected = [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", _path(root, "line-fan"))]
    assert boxes[0][0] < boxes[1][0] < boxes[2][0] <= min(expected)
    assert boxes[0][1] > boxes[1][1] > boxes[2][1] >= max(expected)
    assert len(_of(root, "band-prophet")) == 1


def test_the_low_is_marked_where_it_was():
    root = _drawn(full_chart())
    (mark,) = _of(root, "low")
    corners = _corners(_path(root, "line-price"))
    assert _percent(mark.get("cy")) * DOWN == pytest.approx(corners[2][1], abs=0.1)
    assert corners[2][0] < _percent(mark.get("cx")) * ACROSS < corners[3][0]
    (name,) = _of(root, "low-name")
    assert name.text == f"low 8.00, 2026-03-31 {HOSTILE}"


@pytest.mark.parametrize("over", [None, 90 * DAY, 45 * DAY])
def test_the_name_of_the_low_stays_in_a_phone_s_plot_and_ends_before_the_forecast(over):
    root = _drawn(full_chart(), over, ChartTexts(low="{price}, {day}"))  # 16 characters, 112 pixels at most
    plot = 366 - 9 * 7 - 8 * 7  # pixels between the prices and the ends of lines
    (name,), (begin,) = _of(root, "low-name"), _of(root, "begin")
    start = _percent(name.get("x")) * plot + float(name.get("dx"))
    assert start >= 0
    assert start + 7 * len(name.text) <= _percent(begin.get("x1")) * plot + 1
    assert start <= _percent(name.get("x")) * plot <= start + 7 * len(name.text)


def test_all_of_it_stays_in_the_plot():
    root = _drawn(full_chart())
    for name in ("line-price", "line-list"):
        for corner in _corners(_path(root, name)):
            if corner:
                assert 0 <= corner[0] <= ACROSS
                assert 0 <= corner[1] <= DOWN


def test_a_short_range_begins_at_its_left_edge():
    root = _drawn(full_chart(), over=timedelta(days=15))
    corners = _corners(_path(root, "line-price"))
    (hatched,) = [each for each in root.iter() if each.tag == "rect"]
    assert _percent(hatched.get("x")) * ACROSS < corners[0][0]
    assert len(corners) == 2, "one price since"
    assert not _of(root, "line-list"), "it had ended before"


def test_the_axes_have_round_prices_and_months():
    root = _drawn(full_chart())
    texts = [each.text for each in root.iter() if each.tag == "text"]
    assert {"6.00", "8.00", "10.00"} <= set(texts)
    assert {"2026-02-01", "2026-05-01"} <= set(texts)
    assert "forecast from here" in texts


def test_lines_end_with_their_names_apart():
    chart = full_chart()
    root = _drawn(chart)
    ends = _of(root, "end")
    assert [end.text for end in ends] == ["8.95", "8.50"]
    heights = [_percent(end.get("y")) for end in ends]
    assert (heights[1] - heights[0]) * 234 >= 15, "a line apart where the plot is lowest, on a phone"


def test_on_a_phone_every_other_month_is_left_out_but_no_january():
    prices = {BEGIN + number * DAY: 8.0 for number in range(330)}
    chart = TimeChart(begin=BEGIN, end=max(prices), lines=(days_line("price", "Price", prices),))
    (days,) = _of(_drawn(chart), "days")
    shown = {text.text: "spare" in mark.get("class", "") for mark in days for text in mark.iter("text")}
    assert shown == {
        "2026-01-01": False, "2026-03-01": True, "2026-05-01": False, "2026-07-01": True, "2026-09-01": False,
        "2026-11-01": True,
    }  # fmt: skip


def test_only_what_is_on_is_drawn():
    root = _drawn(full_chart().showing(["list"]))
    assert _of(root, "line-list")
    assert not _of(root, "band")
    assert not _of(root, "begin")
    assert not _of(root, "line-producer_price")


def test_nothing_seen_draws_nothing():
    chart = full_chart().showing([])
    assert not time_svg(chart, TEXTS, first=BEGIN + 95 * DAY, last=BEGIN + 99 * DAY, label="x")
