"""Names on the lines themselves: the low, where the forecast begins and ends, the list price.

Their order is fixed, because chart.css repaints them by their number: low, begin, end, list price.
"""

from datetime import date, datetime, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.contents import PriceChart
from dashboard.history import Stretch

LEAST_TO_NAME = 0.03  # of the time shown: a shorter line would lie hidden under its own name


def add_labels(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    """Add the labels and the marker of the low."""
    _low(figure, chart, texts)
    if chart.fan:
        begin = _noon(chart.fan.cutoff)
        end = _noon(chart.fan.cutoff + timedelta(days=len(chart.fan.point)))
        figure.add_vline(x=begin, line={"color": palette.FAINT, "width": 1, "dash": "2px,3px"})
        add_text(figure, begin, 1, texts.forecast, palette.FAINT, yref="paper", yanchor="bottom", xanchor="right")
        last = chart.fan.point[-1]
        add_text(figure, end, last, texts.money(last), palette.OLIVE, xanchor="left", xshift=4)
    _list_price(figure, chart, texts)


def _low(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    priced = [stretch for stretch in chart.stretches if stretch.price is not None]
    low = min(priced, key=lambda stretch: (stretch.price or 0.0, -stretch.last.timestamp()))
    figure.add_scatter(
        x=[low.first],
        y=[low.price],
        mode="markers",
        uid="low",
        marker={"color": palette.SEA, "size": 8, "symbol": "circle-open", "line": {"width": 2}},
        hoverinfo="skip",
        showlegend=False,
    )
    first, last = chart.stretches[0].first, chart.stretches[-1].last
    text = texts.low.format(price=texts.money(low.price or 0.0), day=texts.day(low.first.date()))
    side = "left" if low.first - first < (last - first) / 2 else "right"
    add_text(figure, low.first, low.price or 0.0, text, palette.SEA, yshift=-14, xanchor=side)


def _list_price(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    add_name(figure, chart, chart.listed, texts.list_price, palette.FAINT)


def add_name(figure: go.Figure, chart: PriceChart, line: tuple[Stretch, ...], name: str, colour: str) -> None:
    """Write a line's name over its longest step, if that is long enough to be seen beside it."""
    least = (chart.stretches[-1].last - chart.stretches[0].first) * LEAST_TO_NAME
    steps = [s for s in line if s.price is not None and s.last - s.first > least]
    if steps:
        longest = max(steps, key=lambda stretch: stretch.last - stretch.first)
        middle = longest.first + (longest.last - longest.first) / 2
        add_text(figure, middle, longest.price or 0.0, name, colour, yshift=9)


def add_text(figure: go.Figure, x: datetime, y: float, text: str, colour: str, **more: Any) -> None:
    """Write a text into the figure; it comes from outside, so it is escaped."""
    figure.add_annotation(x=x, y=y, text=escape(text), showarrow=False, font={"color": colour, "size": 13}, **more)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - Plotly's axis knows no timezones
