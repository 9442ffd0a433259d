"""The forecast of a named method as a line of its own with its 80 % band, beside the published fan.

chart.css repaints both by `uid` in dark mode; the page's switch shows the same colour and dash (oilwatch.css).
"""

from html import escape

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.fan import PLACES, Fan, at_level, fan_days

LOW, HIGH = 0.10, 0.90
DASH = "7px,3px"


def method_traces(fan: Fan, method: str, texts: ChartTexts) -> list[go.Scatter]:
    """Return the band and the expected price as a dashed line; both begin at the last price."""
    days, name = fan_days(fan), escape(texts.methods.get(method, method))
    low, high = at_level(fan, LOW), at_level(fan, HIGH)
    labels = [
        escape(texts.between.format(share="80 %", low=texts.money(below), high=texts.money(above)))
        for below, above in zip(low, high, strict=True)
    ]
    band = go.Scatter(
        x=[*days, *reversed(days)],
        y=[fan.last_price, *high, *reversed([fan.last_price, *low])],
        uid=f"{method}band",
        fill="toself",
        fillcolor=palette.BAND_METHOD,
        mode="lines",
        line={"width": 0, "color": "rgba(0,0,0,0)"},
        hoverinfo="skip",
        showlegend=False,
    )
    line = go.Scatter(
        x=days,
        y=[fan.last_price, *(round(point, PLACES) for point in fan.point)],
        uid=method,
        mode="lines",
        name=name,
        line={"color": palette.BLUE, "width": 2, "dash": DASH},
        customdata=[["", escape(texts.money(fan.last_price))]]
        + [[text, escape(texts.money(point))] for text, point in zip(labels, fan.point, strict=True)],
        hovertemplate=f"%{{x|%Y-%m-%d}}  {name} <b>%{{customdata[1]}}</b><br>%{{customdata[0]}}<extra></extra>",
        showlegend=False,
    )
    return [band, line]
