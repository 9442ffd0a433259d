"""The full chart's figure: every day to hover, room to zoom, the reader's colours, nothing a shop could smuggle in."""

import json
from datetime import timedelta

from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.palette import DARK, LIGHT, STYLES
from dashboard.charts.time_chart import GapDays
from dashboard.charts.time_figure import MOST_GAPS, time_figure
from dashboard.query_params.shown_kinds import SWITCHED
from tests.dashboard.charts.charts_of_days import BEGIN, DAY, full_chart

EURO = ChartTexts(money=lambda amount: f"{amount:.2f}\N{NO-BREAK SPACE}€/l".replace(".", ","))


def _traces(figure):
    return {trace.uid: trace for trace in figure.data}


def test_there_is_one_point_a_day_and_none_in_a_gap():
    line = _traces(time_figure(full_chart(), ChartTexts(), over=None))["price"]
    assert len(line.y) == 120
    assert line.y[89:91] == (8.0, None)
    assert line.line.shape == "hvh"
    assert line.connectgaps is False


def test_it_opens_at_the_range_and_can_be_zoomed():
    figure = time_figure(full_chart(), ChartTexts(), over=timedelta(days=30))
    first, last = figure.layout.xaxis.range
    assert (first, last) == (BEGIN + 88 * DAY, BEGIN + 151 * DAY)
    assert figure.layout.dragmode == "zoom"
    assert not figure.layout.xaxis.fixedrange
    assert figure.layout.hovermode == "x unified"
    assert len(_traces(figure)["price"].y) == 120, "all days, to zoom out to"


def test_the_bands_start_at_the_last_price():
    traces = _traces(time_figure(full_chart(), ChartTexts(), over=None))
    widths = []
    for uid in ("fan95", "fan80", "fan50"):
        assert traces[uid].y[0] == traces[uid].y[-1] == 9.0
        widths.append(max(traces[uid].y) - min(traces[uid].y))
    assert widths == sorted(widths, reverse=True)
    assert "prophet80" in traces


def test_prices_are_written_as_the_reader_does():
    figure = time_figure(full_chart(), EURO, over=None)
    assert figure.layout.separators == ",."
    assert (figure.layout.yaxis.tickprefix, figure.layout.yaxis.ticksuffix) == ("", "\N{NO-BREAK SPACE}€/l")


def test_it_has_the_reader_s_colours():
    for dark, palette in ((False, LIGHT), (True, DARK)):
        figure = time_figure(full_chart(), ChartTexts(), over=None, dark=dark)
        assert figure.layout.font.color == palette.ink
        assert _traces(figure)["price"].line.color == palette.ink


def test_every_line_that_can_be_switched_on_has_a_style():
    assert set(SWITCHED) < set(STYLES)


def test_hostile_names_are_text():
    drawn = json.dumps(time_figure(full_chart(), ChartTexts(), over=None).to_plotly_json(), default=str)
    assert "onerror" in drawn
    assert "<img" not in drawn


def test_gaps_are_shaded_the_newest_so_many():
    gaps = tuple(GapDays(BEGIN + n * DAY, BEGIN + n * DAY, "") for n in range(MOST_GAPS + 5))
    figure = time_figure(full_chart(gaps=gaps), ChartTexts(), over=None)
    assert len(figure.layout.shapes) == MOST_GAPS


def test_without_a_chart_it_says_so():
    figure = time_figure(None, ChartTexts(), over=None)
    assert figure.layout.annotations[0].text == "No price yet."
    assert figure.layout.xaxis.visible is False
