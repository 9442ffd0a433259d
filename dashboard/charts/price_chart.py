"""The price chart of one product: steps, true gaps, list price, the low, and the forecast as a fan.

Every text that comes from outside is escaped: Plotly renders some HTML in labels.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.axis import month_marks, price_marks
from dashboard.charts.fan import Fan, fan_traces
from dashboard.charts.words import Words
from dashboard.history import Gap, Stretch

HEIGHT = 420
LEAST_SPAN = 0.12  # of the price, from the axis's lowest to its highest mark
LONGEST_GAPS = 60  # more hatched gaps than this are left white


@dataclass(frozen=True, slots=True)
class PriceChart:
    """What the chart shows; prices in one unit throughout (per litre, or for the pack)."""

    title: str
    stretches: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]
    max_gap: timedelta
    fan: Fan | None = None
    gap_reasons: tuple[str, ...] = ()


def price_figure(chart: PriceChart, words: Words) -> go.Figure:
    """Draw the chart; an empty figure with a sentence where there is no price at all."""
    figure = go.Figure()
    priced = [stretch for stretch in chart.stretches if stretch.price is not None]
    if not priced:
        return _empty(figure, words)
    low, high = _range(chart)
    marks = price_marks(low, high)
    floor, ceiling = marks[0], marks[-1]
    _add_gaps(figure, chart, floor, ceiling)
    _add_list_price(figure, chart, words)
    if chart.fan:
        figure.add_traces(fan_traces(chart.fan, words))
    _add_price(figure, chart, words)
    _label(figure, chart, words)
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
    listed = [price for stretch in chart.stretches if (price := _shown_list_price(stretch, high))]
    high = max([high, *listed])
    spare = max(LEAST_SPAN * (low + high) / 2 - (high - low), 0) / 2  # a price that hardly moves must look so
    return low * 0.99 - spare, high * 1.01 + spare


def _shown_list_price(stretch: Stretch, high: float) -> float | None:
    """Return a list price unless it lies so far above all prices that it would squeeze the rest."""
    return stretch.list_price if stretch.list_price and stretch.list_price <= high * 1.3 else None


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
    high = max(stretch.price or 0.0 for stretch in chart.stretches)
    listed = tuple(Stretch(s.first, s.last, _shown_list_price(s, high)) for s in chart.stretches)
    x, y = steps(listed, max_gap=chart.max_gap)
    shown = [stretch for stretch in listed if stretch.price is not None]
    if not shown:
        return
    figure.add_annotation(
        x=shown[-1].first,
        y=shown[-1].price,
        text=escape(words.list_price),
        showarrow=False,
        yshift=9,
        xanchor="right" if shown[-1] is chart.stretches[-1] else "left",
        font={"color": palette.FAINT, "size": 12},
        name="list",
    )
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


def _add_gaps(figure: go.Figure, chart: PriceChart, floor: float, ceiling: float) -> None:
    for number, gap in enumerate(chart.gaps[-LONGEST_GAPS:]):
        reasons = chart.gap_reasons[-LONGEST_GAPS:]
        figure.add_scatter(
            x=[gap.first, gap.last, gap.last, gap.first, gap.first],
            y=[floor, floor, ceiling, ceiling, floor],
            uid=f"gap{number}",
            fill="toself",
            mode="lines",
            line={"width": 0},
            fillcolor="rgba(0,0,0,0)",
            fillpattern={
                "shape": "/",
                "size": 6,
                "solidity": 0.12,
                "fgcolor": palette.HATCH,
                "fillmode": "replace",
            },
            hoveron="fills",
            name="",
            text=escape(reasons[number]) if number < len(reasons) else "",
            hoverinfo="text",
            showlegend=False,
        )


def steps(stretches: tuple[Stretch, ...], *, max_gap: timedelta) -> tuple[list[datetime | None], list[float | None]]:
    """Return the points of a line of shape "hv": a price holds until the next begins, and a gap breaks the line."""
    x: list[datetime | None] = []
    y: list[float | None] = []
    for number, stretch in enumerate(stretches):
        if stretch.price is None:
            continue
        x.append(stretch.first)
        y.append(stretch.price)
        following = stretches[number + 1] if number + 1 < len(stretches) else None
        held = following is not None and following.first - stretch.last <= max_gap
        if held and following is not None and following.price is not None:
            continue
        x += [following.first if held and following else stretch.last, None]
        y += [stretch.price, None]
    return x, y


def _label(figure: go.Figure, chart: PriceChart, words: Words) -> None:
    """Name the low of the time shown and, at today's rule, where the forecast begins."""
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
    left = low.first - chart.stretches[0].first < (chart.stretches[-1].last - chart.stretches[0].first) / 2
    figure.add_annotation(
        x=low.first,
        y=low.price,
        text=escape(words.low.format(price=words.money(low.price or 0.0), day=words.day(low.first.date()))),
        showarrow=False,
        yshift=-14,
        xanchor="left" if left else "right",
        font={"color": palette.SEA, "size": 13},
        name="low",
    )
    if chart.fan:
        figure.add_annotation(
            x=_noon(chart.fan.origin + timedelta(days=len(chart.fan.point))),
            y=chart.fan.point[-1],
            text=escape(words.money(chart.fan.point[-1])),
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"color": palette.OLIVE, "size": 13},
            name="expected",
        )
        figure.add_vline(x=_noon(chart.fan.origin), line={"color": palette.FAINT, "width": 1, "dash": "2px,3px"})
        figure.add_annotation(
            x=_noon(chart.fan.origin),
            y=1,
            yref="paper",
            yanchor="bottom",
            text=escape(words.forecast),
            showarrow=False,
            xanchor="right",
            font={"color": palette.FAINT, "size": 13},
            name="today",
        )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - Plotly's axis knows no timezones


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
