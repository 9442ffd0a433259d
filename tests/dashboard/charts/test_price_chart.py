"""The price chart's figure: steps, true gaps, the fan, labels, and nothing a shop could smuggle in."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from dashboard.charts import palette
from dashboard.charts.axis import month_marks, price_marks
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.contents import KindLine, MethodLine, PriceChart
from dashboard.charts.fan import Fan, at_level
from dashboard.charts.kind_lines import STYLES
from dashboard.charts.method_line import DASH
from dashboard.charts.price_chart import price_figure
from dashboard.charts.steps import steps
from dashboard.history import Gap, Stretch

HOSTILE = "<img src=x onerror=alert(1)>"
TWO_DAYS = timedelta(days=2)
LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


def _at(day):
    return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=day)


STRETCHES = (
    Stretch(_at(0), _at(30), 10.0, list_price=12.0),
    Stretch(_at(31), _at(40), 8.0, list_price=50.0),
    Stretch(_at(60), _at(80), 9.0),
)
FAN = Fan(
    cutoff=date(2026, 5, 20),
    last_price=9.0,
    levels=LEVELS,
    quantiles=tuple((8.0, 8.5, 9.0, 9.5, 10.0) for _ in range(30)),
    point=tuple(8.9 for _ in range(30)),
)


def _chart(**more):
    values = {
        "title": HOSTILE,
        "stretches": STRETCHES,
        "gaps": (Gap(_at(40), _at(60), "no_look"),),
        "max_gap": TWO_DAYS,
        "fan": FAN,
        "gap_reasons": (HOSTILE,),
    }
    return PriceChart(**{**values, **more})


def _trace(figure, uid):
    return next(trace for trace in figure.data if trace.uid == uid)


def test_prices_are_steps_and_silence_breaks_the_line():
    x, y = steps(STRETCHES, max_gap=TWO_DAYS)
    assert y == [10.0, 8.0, 8.0, None, 9.0, 9.0, None]
    assert x[2] == _at(40)
    line = _trace(price_figure(_chart(), ChartTexts()), "price")
    assert line.line.shape == "hv"
    assert line.connectgaps is False


def test_a_list_price_far_above_is_left_out():
    listed = _trace(price_figure(_chart(), ChartTexts()), "list")
    assert max(price for price in listed.y if price) == 12.0


def test_the_fan_begins_at_todays_price_and_narrows_inwards():
    figure = price_figure(_chart(), ChartTexts())
    widths = []
    for uid in ("fan95", "fan80", "fan50"):
        band = _trace(figure, uid)
        assert band.y[0] == band.y[-1] == FAN.last_price
        widths.append(max(band.y) - min(band.y))
    assert widths == sorted(widths, reverse=True)
    median = _trace(figure, "median")
    assert median.y[0] == FAN.last_price
    assert median.line.shape is None  # a slope, unlike the steps of what was seen
    assert at_level(FAN, 0.25)[0] == 8.5 + 0.5 * (0.25 - 0.1) / 0.4


def test_the_axis_holds_everything_and_starts_near_the_data():
    axis = price_figure(_chart(), ChartTexts()).layout.yaxis
    assert 6.5 < axis.range[0] < 8
    assert axis.range[1] >= 12


def test_a_flat_price_looks_flat():
    axis = price_figure(
        _chart(stretches=(Stretch(_at(0), _at(90), 10.0),), fan=None, gaps=()), ChartTexts()
    ).layout.yaxis
    assert axis.range[1] - axis.range[0] > 1


def test_no_text_from_outside_is_markup():
    texts = ChartTexts(price=HOSTILE, list_price=HOSTILE, forecast=HOSTILE, low=HOSTILE, expected=HOSTILE)
    text = json.dumps(price_figure(_chart(), texts).to_plotly_json(), default=str)
    assert "onerror" in text
    assert "<img" not in text


def test_nothing_to_show_says_so():
    figure = price_figure(_chart(stretches=(), gaps=(), fan=None), ChartTexts(nothing="nothing yet"))
    assert figure.layout.annotations[0].text == "nothing yet"
    only_states = (Stretch(_at(0), _at(4), None, "unavailable"),)
    assert price_figure(_chart(stretches=only_states, fan=None), ChartTexts()).layout.annotations


def test_the_low_is_named_and_labels_keep_their_order():
    texts = ChartTexts(low="low {price}", forecast="from here")
    labels = [label.text for label in price_figure(_chart(), texts).layout.annotations]
    assert labels == ["low 8.00", "from here", "8.90", "List price"]


def test_marks_are_round():
    assert price_marks(5.03, 6.21) == [5.0, 5.25, 5.5, 5.75, 6.0, 6.25]
    assert price_marks(7, 7)[0] <= 7
    assert [day.month for day in month_marks(date(2026, 1, 10), date(2026, 12, 20))] == [3, 5, 7, 9, 11]
    assert len(month_marks(date(2020, 1, 1), date(2026, 1, 1))) <= 8
    assert len(month_marks(date(2026, 1, 1), date(2026, 1, 20))) >= 2


PRIME = KindLine("prime", (Stretch(_at(0), _at(30), 6.0), Stretch(_at(31), _at(80), None)))


def test_a_kind_of_price_is_a_step_line_of_its_own_inside_the_axis():
    figure = price_figure(_chart(kinds=(PRIME,)), ChartTexts(kinds={"prime": "Prime"}))
    line = _trace(figure, "prime")
    assert (line.line.shape, line.connectgaps, line.line.color) == ("hv", False, palette.VIOLET)
    assert list(line.y) == [6.0, 6.0, None]
    assert figure.layout.yaxis.range[0] <= 6
    assert line.name == "Prime"


def test_kinds_of_price_tell_themselves_apart_without_colour():
    lines = tuple(KindLine(kind, PRIME.stretches) for kind in STYLES)
    figure = price_figure(_chart(kinds=lines), ChartTexts())
    dashes = [_trace(figure, kind).line.dash for kind in STYLES]
    assert len(set(dashes)) == len(dashes) == 4


def test_a_chart_without_other_prices_is_no_heavier():
    traces = {trace.uid for trace in price_figure(_chart(), ChartTexts()).data}
    assert not traces & set(STYLES)


def test_a_kinds_name_is_no_markup():
    text = json.dumps(
        price_figure(_chart(kinds=(PRIME,)), ChartTexts(kinds={"prime": HOSTILE})).to_plotly_json(), default=str
    )
    assert "onerror" in text
    assert "<img" not in text


def test_a_method_is_a_dashed_line_with_its_band_and_no_part_of_the_fan():
    steep = replace(FAN, quantiles=tuple((2.0, 6.0, 7.0, 8.0, 30.0) for _ in range(30)), point=(7.0,) * 30)
    texts = ChartTexts(methods={"prophet": HOSTILE})
    figure = price_figure(_chart(methods=(MethodLine("prophet", steep),)), texts)
    line, band = _trace(figure, "prophet"), _trace(figure, "prophetband")
    assert (line.y[0], line.y[-1], line.line.dash) == (FAN.last_price, 7.0, DASH)
    assert (min(band.y), max(band.y)) == (6.0, 9.0), "the 80 % band alone"
    assert HOSTILE not in figure.to_json()
    low, high = figure.layout.yaxis.range
    assert low < 6
    assert 12 < high < 20
    assert not [trace for trace in price_figure(_chart(), texts).data if trace.uid.startswith("prophet")]
