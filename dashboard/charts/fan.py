"""A forecast as a fan: three tints for half, four fifths and nineteen twentieths of the outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.chart_texts import ChartTexts

BANDS = (
    ("fan95", 0.025, 0.975, palette.BAND_95),
    ("fan80", 0.10, 0.90, palette.BAND_80),
    ("fan50", 0.25, 0.75, palette.BAND_50),
)


PLACES = 4  # of a price: more would be sent and never seen


@dataclass(frozen=True, slots=True)
class Fan:
    """A forecast in the chart's unit: `quantiles[h]` at `levels` and `point[h]` are for cutoff + h + 1 days."""

    cutoff: date
    last_price: float
    levels: tuple[float, ...]
    quantiles: tuple[tuple[float, ...], ...]
    point: tuple[float, ...]


def at_level(fan: Fan, level: float) -> list[float]:
    """Return the quantile of one level for each day, between the published levels by straight lines."""
    return [round(_between(fan.levels, day, level), PLACES) for day in fan.quantiles]


def _between(levels: Sequence[float], values: Sequence[float], level: float) -> float:
    if level <= levels[0]:
        return values[0]
    for (below, low), (above, high) in pairwise(zip(levels, values, strict=True)):
        if below <= level <= above:
            return low + (high - low) * (level - below) / (above - below)
    return values[-1]


def fan_days(fan: Fan) -> list[datetime]:
    """Return noon of the cutoff and of each day forecast."""
    start = datetime(fan.cutoff.year, fan.cutoff.month, fan.cutoff.day, 12)  # noqa: DTZ001 - an axis without zone
    return [start + timedelta(days=number) for number in range(len(fan.point) + 1)]


def fan_traces(fan: Fan, texts: ChartTexts) -> list[go.Scatter]:
    """Return the bands, widest first, and the expected price as a line; all begin at the last price."""
    days = fan_days(fan)
    traces = [
        go.Scatter(
            x=[*days, *reversed(days)],
            y=[
                *[fan.last_price, *at_level(fan, upper)],
                *reversed([fan.last_price, *at_level(fan, lower)]),
            ],
            uid=uid,
            fill="toself",
            fillcolor=tint,
            mode="lines",
            line={"width": 0, "color": "rgba(0,0,0,0)"},
            hoverinfo="skip",
            showlegend=False,
        )
        for uid, lower, upper, tint in BANDS
    ]
    low, high = at_level(fan, 0.10), at_level(fan, 0.90)
    labels = [
        escape(texts.between.format(share="80 %", low=texts.money(below), high=texts.money(above)))
        for below, above in zip(low, high, strict=True)
    ]
    traces.append(
        go.Scatter(
            x=days,
            y=[fan.last_price, *(round(point, PLACES) for point in fan.point)],
            uid="median",
            mode="lines",
            name=escape(texts.expected),
            line={"color": palette.OLIVE, "width": 2},
            customdata=[["", escape(texts.money(fan.last_price))]]
            + [[text, escape(texts.money(point))] for text, point in zip(labels, fan.point, strict=True)],
            hovertemplate=(
                f"%{{x|%Y-%m-%d}}  {escape(texts.expected)} <b>%{{customdata[1]}}</b><br>"
                "%{customdata[0]}<extra></extra>"
            ),
            showlegend=False,
        )
    )
    return traces
