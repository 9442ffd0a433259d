"""A grade's index over time: its line, the fan of its forecast, and the grade's producer price. Pure.

Unlike a shelf price the index moves a little every day, so it is a line and not steps; days without one are left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.axis import price_marks
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.fan import Fan, fan_days, fan_traces
from dashboard.charts.paper import LEAST_SPAN, empty_figure, lay_out

LONGEST_STROKE = timedelta(days=10)  # producer prices are quoted weekly at the least: a longer silence is a gap

Points = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class IndexChart:
    """What the chart shows, per litre; points in the order of time, days without a value left out."""

    name: str
    points: Points
    fan: Fan | None = None
    origin_name: str = ""
    origin: Points = ()


def index_figure(chart: IndexChart, texts: ChartTexts) -> go.Figure:
    """Draw the chart; an empty figure with a sentence where there is no index."""
    if not chart.points:
        return empty_figure(texts)
    figure = go.Figure()
    last = chart.points[-1][0]
    if chart.fan:
        figure.add_traces(fan_traces(chart.fan, texts))
        last = max(last, fan_days(chart.fan)[-1].date())
    if chart.origin:
        _line(figure, chart.origin, "origin", chart.origin_name, texts, {"color": palette.FAINT, "width": 1})
    _line(
        figure, chart.points, "index", chart.name, texts, {"color": palette.INK, "width": 2}, longest=timedelta(days=2)
    )
    _name_lines(figure, chart, texts)
    lay_out(figure, chart.points[0][0], last, price_marks(*_range(chart)), texts, right=64 if chart.fan else 12)
    return figure


def _range(chart: IndexChart) -> tuple[float, float]:
    prices = [price for _, price in (*chart.points, *chart.origin)]
    if chart.fan:
        prices += [min(day) for day in chart.fan.quantiles] + [max(day) for day in chart.fan.quantiles]
    low, high = min(prices), max(prices)
    spare = max(LEAST_SPAN * (low + high) / 2 - (high - low), 0) / 2
    return low * 0.99 - spare, high * 1.01 + spare


def _line(
    figure: go.Figure,
    points: Points,
    uid: str,
    name: str,
    texts: ChartTexts,
    line: dict[str, Any],
    *,
    longest: timedelta = LONGEST_STROKE,
) -> None:
    x: list[datetime] = []
    y: list[float | None] = []
    for day, price in points:
        if x and _noon(day) - x[-1] > longest:
            x.append(x[-1] + timedelta(hours=1))
            y.append(None)
        x.append(_noon(day))
        y.append(price)
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        uid=uid,
        name=escape(name),
        line=line,
        connectgaps=False,
        customdata=[None if price is None else escape(texts.money(price)) for price in y],
        hovertemplate=f"%{{x|%Y-%m-%d}}  {escape(name)} <b>%{{customdata}}</b><extra></extra>",
        showlegend=False,
    )


def _name_lines(figure: go.Figure, chart: IndexChart, texts: ChartTexts) -> None:
    """Write names on the lines; their order is fixed, because chart.css repaints them by their number.

    A line that is alone on the chart needs no name: the page's heading is its name.
    """
    above = bool(chart.origin) and _mean(chart.points) >= _mean(chart.origin)
    _name(figure, chart.points, chart.name if chart.origin else "", palette.INK, above=above)
    if chart.fan:
        begin = _noon(chart.fan.cutoff)
        figure.add_vline(x=begin, line={"color": palette.FAINT, "width": 1, "dash": "2px,3px"})
        _label(figure, begin, 1, texts.forecast, palette.FAINT, yref="paper", yanchor="bottom", xanchor="right")
        end = chart.fan.point[-1]
        _label(figure, fan_days(chart.fan)[-1], end, texts.money(end), palette.OLIVE, xanchor="left", xshift=4)
    if chart.origin:
        _name(figure, chart.origin, chart.origin_name, palette.FAINT, above=not above)


def _mean(points: Points) -> float:
    return sum(price for _, price in points) / len(points)


def _name(figure: go.Figure, points: Points, text: str, colour: str, *, above: bool) -> None:
    """Write a name clear of all of the line that it stands over or under: the first third."""
    under = [price for _, price in points[: max(1, len(points) // 3)]]
    height = max(under) if above else min(under)
    _label(figure, _noon(points[0][0]), height, text, colour, yshift=12 if above else -12, xanchor="left")


def _label(figure: go.Figure, x: datetime, y: float, text: str, colour: str, **more: Any) -> None:
    figure.add_annotation(x=x, y=y, text=escape(text), showarrow=False, font={"color": colour, "size": 13}, **more)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - Plotly's axis knows no timezones
