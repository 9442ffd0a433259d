"""The price chart of one product: steps, true gaps, list price, the low, and the forecast as a fan.

Every text that comes from outside is escaped: Plotly renders some HTML in labels.
"""

from datetime import timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.axis import month_marks, price_marks
from dashboard.charts.contents import PriceChart
from dashboard.charts.fan import fan_traces
from dashboard.charts.gap_traces import add_gaps
from dashboard.charts.labels import add_labels
from dashboard.charts.steps import steps
from dashboard.charts.words import Words

HEIGHT = 420
LEAST_SPAN = 0.12  # of the price, from the axis's lowest to its highest mark


def price_figure(chart: PriceChart, words: Words) -> go.Figure:
    """Draw the chart; an empty figure with a sentence where there is no price at all."""
    figure = go.Figure()
    priced = [stretch for stretch in chart.stretches if stretch.price is not None]
    if not priced:
        return _empty(figure, words)
    low, high = _range(chart)
    marks = price_marks(low, high)
    floor, ceiling = marks[0], marks[-1]
    add_gaps(figure, chart, floor, ceiling)
    _add_list_price(figure, chart, words)
    if chart.fan:
        figure.add_traces(fan_traces(chart.fan, words))
    _add_price(figure, chart, words)
    add_labels(figure, chart, words)
    _frame(figure, chart, words, marks)
    return figure


def _empty(figure: go.Figure, words: Words) -> go.Figure:
    figure.update_layout(
        height=HEIGHT,
        xaxis={"visible": False},
        yaxis={"visible": False},
        annotations=[{"text": escape(words.nothing), "showarrow": False, "xref": "paper", "yref": "paper"}],
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return figure


def _range(chart: PriceChart) -> tuple[float, float]:
    """Return the lowest and the highest price to be shown, with a little air."""
    prices = [stretch.price for stretch in chart.stretches if stretch.price is not None]
    if chart.fan:
        prices += [min(day) for day in chart.fan.quantiles] + [max(day) for day in chart.fan.quantiles]
    low, high = min(prices), max(prices)
    high = max([high, *(stretch.price for stretch in chart.listed if stretch.price is not None)])
    spare = max(LEAST_SPAN * (low + high) / 2 - (high - low), 0) / 2  # a price that hardly moves must look so
    return low * 0.99 - spare, high * 1.01 + spare


def _add_price(figure: go.Figure, chart: PriceChart, words: Words) -> None:
    x, y = steps(chart.stretches, max_gap=chart.max_gap)
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        uid="price",
        name=escape(words.price),
        line={"shape": "hv", "color": palette.INK, "width": 2},
        hovertemplate="%{x|%Y-%m-%d}  <b>%{customdata}</b><extra></extra>",
        customdata=[None if price is None else escape(words.money(price)) for price in y],
        connectgaps=False,
        showlegend=False,
    )


def _add_list_price(figure: go.Figure, chart: PriceChart, words: Words) -> None:
    x, y = steps(chart.listed, max_gap=chart.max_gap)
    if not x:
        return
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        uid="list",
        name=escape(words.list_price),
        line={"shape": "hv", "color": palette.FAINT, "width": 1, "dash": "4px,3px"},
        hovertemplate=f"{escape(words.list_price)} %{{customdata}}<extra></extra>",
        customdata=[None if price is None else escape(words.money(price)) for price in y],
        connectgaps=False,
        showlegend=False,
    )


def _frame(figure: go.Figure, chart: PriceChart, words: Words, marks: list[float]) -> None:
    first, last = chart.stretches[0].first.date(), chart.stretches[-1].last.date()
    if chart.fan:
        last = max(last, chart.fan.origin + timedelta(days=len(chart.fan.point)))
    days = month_marks(first, last)
    axis: dict[str, Any] = {"fixedrange": True, "zeroline": False, "linecolor": palette.GRID, "title": None}
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 64 if chart.fan else 12, "t": 30, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": palette.FONT, "size": 13, "color": palette.INK},
        hovermode="closest",
        hoverdistance=40,
        dragmode=False,
        xaxis={
            **axis,
            "range": [first - timedelta(days=1), last + timedelta(days=2)],
            "tickvals": days,
            "ticktext": [escape(words.month(day)).replace("\n", "<br>") for day in days],
            "showgrid": False,
            "ticks": "outside",
            "tickcolor": palette.GRID,
            "tickangle": 0,
            "automargin": True,
        },
        yaxis={
            **axis,
            "range": [marks[0], marks[-1]],
            "tickvals": marks,
            "ticktext": [escape(words.money(mark)) for mark in marks],
            "gridcolor": palette.GRID,
            "automargin": True,
        },
    )
