"""A chart over days as a Plotly figure, to zoom and pan: the same lines and colours as in the SVG. Pure.

Every text that comes from outside is escaped: Plotly renders some HTML in labels.
"""

from datetime import date, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.palette import BAND_OPACITY, DARK, FONT, LIGHT, STYLES, Palette, rgba
from dashboard.charts.time_chart import DAY, DayLine, ForecastLine, TimeChart, axis_marks, lowest

MILLISECONDS_A_DAY = 86_400_000
LONGEST_NAME = 36
CLEAR = "rgba(0,0,0,0)"
MOST_GAPS = 60  # older gaps than the newest so many are left white
STOPS = [
    {"dtickrange": [None, 28 * MILLISECONDS_A_DAY], "value": "%d/%m/%y"},
    {"dtickrange": [28 * MILLISECONDS_A_DAY, None], "value": "%m/%Y"},
]  # numbers, because Plotly's own month names are English


def time_figure(chart: TimeChart | None, texts: ChartTexts, *, over: timedelta | None, dark: bool = False) -> go.Figure:
    """Draw all days, opened at the time asked for; a sentence where there is nothing to show."""
    palette = DARK if dark else LIGHT
    first, last = chart.window(over) if chart else (date.min, date.min)
    marks = axis_marks(chart, first, last, most=6) if chart else []
    if chart is None or not marks:
        return blank_figure(texts.nothing, palette)
    figure = go.Figure()
    for forecast in chart.forecasts:
        if forecast.shown:
            figure.add_traces(_forecast(forecast, texts, palette))
    figure.add_traces([_line(line, texts, palette) for line in reversed(chart.lines) if line.shown])
    _low(figure, chart, first, last, palette)
    _lay_out(figure, texts, palette)
    figure.update_xaxes(range=[first - DAY, last + 2 * DAY])
    figure.update_yaxes(range=[marks[0], marks[-1]])
    for gap in chart.gaps[-MOST_GAPS:]:
        edges = {"x0": _edge(gap.first), "x1": _edge(gap.last + DAY)}
        figure.add_vrect(**edges, fillcolor=rgba(palette.faint, 0.12), line_width=0, layer="below")
    return figure


def blank_figure(text: str, palette: Palette = LIGHT) -> go.Figure:
    """Return a figure without axes that says something, or nothing."""
    return go.Figure(
        layout={
            "xaxis": {"visible": False},
            "yaxis": {"visible": False},
            "annotations": [{"text": escape(text), "showarrow": False, "xref": "paper", "yref": "paper"}],
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "font": {"family": FONT, "color": palette.ink},
        }
    )


def _line(line: DayLine, texts: ChartTexts, palette: Palette) -> go.Scatter:
    colour, width, dash = STYLES[line.key]
    return go.Scatter(
        x0=f"{line.start.isoformat()} 12:00",
        dx=MILLISECONDS_A_DAY,
        y=line.values,
        mode="lines",
        uid=line.key,
        name=escape(line.name),
        line={
            "shape": "hvh" if line.steps else "linear",
            "color": getattr(palette, colour),
            "width": width,
            "dash": dash,
        },
        connectgaps=False,
        hovertemplate=f"{_short(line.name)} <b>{_money(texts)}</b><extra></extra>",
    )


def _forecast(forecast: ForecastLine, texts: ChartTexts, palette: Palette) -> list[go.Scatter]:
    colour, width, dash = STYLES[forecast.key]
    days = [f"{(forecast.cutoff + number * DAY).isoformat()} 12:00" for number in range(len(forecast.values))]
    traces = [
        go.Scatter(
            x=[*days, *reversed(days)],
            y=[*band.high, *reversed(band.low)],
            uid=f"{forecast.key}{band.share}",
            fill="toself",
            fillcolor=rgba(getattr(palette, colour), BAND_OPACITY[band.share]),
            mode="lines",
            line={"width": 0, "color": CLEAR},
            hoverinfo="skip",
        )
        for band in forecast.bands
    ]
    ranges = [""] * len(days)
    for band in forecast.bands:
        if band.share == "80":
            ranges = [
                escape(texts.between.format(share="80%", low=texts.money(low), high=texts.money(high)))
                for low, high in zip(band.low, band.high, strict=True)
            ]
    line = go.Scatter(
        x=days,
        y=forecast.values,
        uid=forecast.key,
        mode="lines",
        name=escape(forecast.name),
        line={"color": getattr(palette, colour), "width": width, "dash": dash},
        customdata=ranges,
        hovertemplate=f"{escape(forecast.name)} <b>{_money(texts)}</b><br>%{{customdata}}<extra></extra>",
    )
    return [*traces, line]


def _low(figure: go.Figure, chart: TimeChart, first: date, last: date, palette: Palette) -> None:
    low = lowest(chart, first, last) if chart.marks_low else None
    if low:
        figure.add_scatter(
            x=[f"{low[0].isoformat()} 12:00"],
            y=[low[1]],
            mode="markers",
            uid="low",
            marker={"color": palette.sea, "size": 8, "symbol": "circle-open", "line": {"width": 2}},
            hoverinfo="skip",
        )


def _lay_out(figure: go.Figure, texts: ChartTexts, palette: Palette) -> None:
    """Axes that can be dragged and pinched, one hover for all lines, no legend: the page's switches are it."""
    axis: dict[str, Any] = {"zeroline": False, "linecolor": palette.rule, "automargin": True, "title": None}
    prefix, suffix = _around(texts)
    figure.update_layout(
        autosize=True,
        showlegend=False,
        margin={"l": 8, "r": 12, "t": 36, "b": 8},
        paper_bgcolor=palette.paper,  # a saved picture has it too
        plot_bgcolor=CLEAR,
        font={"family": FONT, "size": 13, "color": palette.ink},
        separators=",." if "," in texts.money(0) else ".,",
        hovermode="x unified",
        hoverdistance=20,
        hoverlabel={"bgcolor": palette.paper, "bordercolor": palette.faint, "font": {"color": palette.ink}},
        dragmode="zoom",
        modebar={"bgcolor": CLEAR, "color": palette.faint, "activecolor": palette.olive},
        xaxis={
            **axis,
            "type": "date",
            "hoverformat": "%d/%m/%Y",
            "tickformatstops": STOPS,
            "showgrid": False,
            "showspikes": True,
            "spikemode": "across",
            "spikethickness": 1,
            "spikedash": "solid",
            "spikecolor": palette.faint,
            "ticks": "outside",
            "tickcolor": palette.rule,
        },
        yaxis={**axis, "tickformat": ".2f", "tickprefix": prefix, "ticksuffix": suffix, "gridcolor": palette.rule},
    )


def _around(texts: ChartTexts) -> tuple[str, str]:
    """What stands before and behind the number of a price."""
    zero = texts.money(0)
    number = next(text for text in ("0.00", "0,00") if text in zero)
    before, _, behind = zero.partition(number)
    return escape(before), escape(behind)


def _money(texts: ChartTexts) -> str:
    prefix, suffix = _around(texts)
    return f"{prefix}%{{y:.2f}}{suffix}"


def _short(name: str) -> str:
    """A name as it fits into the hover's label."""
    return escape(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…")


def _edge(day: date) -> str:
    return f"{day.isoformat()} 00:00"
