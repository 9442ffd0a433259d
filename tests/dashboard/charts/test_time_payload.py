"""What the page's script is sent: small, and nothing lost."""

import json
import random
from itertools import accumulate

from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.time_chart import TimeChart, days_line
from dashboard.charts.time_payload import UNIT, differences, payload, runs
from tests.dashboard.charts.charts_of_days import BEGIN, DAY, full_chart


def _unpacked(flat):
    values, price = [], 0
    for days, step in zip(flat[::2], flat[1::2], strict=True):
        price += step or 0
        values += [None if step is None else price / UNIT] * days
    return values


def _sent(chart, over=None):
    first, last = chart.window(over)
    return payload(chart, ChartTexts(), first=first, last=last)


def test_runs_keep_every_day():
    values = [6.4333, 6.4333, None, None, 6.4333, 7.0, None, 5.25]
    assert _unpacked(runs(values)) == values
    assert runs([8.0] * 1000) == [1000, 80_000]
    assert runs([]) == []


def test_differences_keep_every_price():
    values = (9.0, 8.95, 8.9501, 10.0)
    assert [price / UNIT for price in accumulate(differences(values))] == list(values)


def test_days_are_numbers_from_the_first():
    sent = _sent(full_chart())
    assert (sent["begin"], sent["end"]) == ("2026-01-01", 119)
    assert [line["start"] for line in sent["lines"]] == [0, 0, 0]
    assert [each["start"] for each in sent["forecasts"]] == [119, 119]
    assert sent["gaps"][0][:2] == [90, 109]
    assert json.loads(json.dumps(sent)) == sent


def test_only_what_is_shown_is_sent():
    sent = _sent(full_chart().showing(["list"]), 30 * DAY)
    assert [line["key"] for line in sent["lines"]] == ["price", "list"]
    assert not sent["forecasts"]
    assert sent["frame"][:2] == [89, 119]
    assert sent["lines"][0]["start"] == 89
    assert sum(sent["lines"][0]["runs"][::2]) == 31


def test_three_years_of_changing_prices_are_small():
    draw = random.Random(1)
    prices = {BEGIN + number * DAY: 8 + draw.randrange(0, 300) / 100 for number in range(1100)}
    chart = TimeChart(begin=BEGIN, end=BEGIN + 1099 * DAY, lines=(days_line("price", "Price", prices),))
    assert len(json.dumps(_sent(chart), separators=(",", ":"))) < 12_000
