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

LEAST_TO_NAME = 0.03  # of the time shown: a shorter line would lie hidden under its own name


def add_labels(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    """Add the labels and the marker of the low."""
    _low(figure, chart, texts)
    if chart.fan:
        begin = _noon(chart.fan.cutoff)
        end = _noon(chart.fan.cutoff + timedelta(days=len(chart.fan.point)))
        figure.add_vline(x=begin, line={"color": palette.FAINT, "width": 1, "dash": "2px,3px"})
        _text(figure, begin, 1, texts.forecast, palette.FAINT, yref="paper", yanchor="bottom", xanchor="right")
        last = chart.fan.point[-1]
        _text(figure, end, last, texts.money(last), palette.OLIVE, xanchor="left", xshift=4)
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
    _text(figure, low.first, low.price or 0.0, text, palette.SEA, yshift=-14, xanchor=side)


def _list_price(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    least = (chart.stretches[-1].last - chart.stretches[0].first) * LEAST_TO_NAME
    listed = [s for s in chart.listed if s.price is not None and s.last - s.first > least]
    if listed:
        longest = max(listed, key=lambda stretch: stretch.last - stretch.first)
        middle = longest.first + (longest.last - longest.first) / 2
        _text(figure, middle, longest.price or 0.0, texts.list_price, palette.FAINT, yshift=9)


def _text(figure: go.Figure, x: datetime, y: float, text: str, colour: str, **more: Any) -> None:
    figure.add_annotation(x=x, y=y, text=escape(text), showarrow=False, font={"color": colour, "size": 13}, **more)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - Plotly's axis knows no timezones
