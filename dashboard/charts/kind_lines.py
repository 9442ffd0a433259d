"""Other kinds of price as step lines of their own, each with its colour and dash.

chart.css repaints them by `uid` in dark mode; the page's switches show the same colours and dashes (oilwatch.css), as
names on lines so close to each other would cover them.
"""

from html import escape

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.contents import PriceChart
from dashboard.charts.steps import steps
from dashboard.charts.thinned import thinned

STYLES = {
    "prime": (palette.VIOLET, "solid"),
    "subscription": (palette.AMBER, "8px,3px"),
    "coupon": (palette.SEA, "2px,3px"),
    "used": (palette.FAINT, "8px,3px,2px,3px"),
}


def add_kind_lines(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    """Add a line for each kind that the chart has."""
    for line in chart.kinds:
        x, y = thinned(*steps(line.stretches, max_gap=chart.max_gap))
        colour, dash = STYLES[line.kind]
        name = escape(texts.kinds.get(line.kind, line.kind))
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            uid=line.kind,
            name=name,
            line={"shape": "hv", "color": colour, "width": 1.5, "dash": dash},
            hovertemplate=f"%{{x|%Y-%m-%d}}  {name} <b>%{{customdata}}</b><extra></extra>",
            customdata=[None if price is None else escape(texts.money(price)) for price in y],
            connectgaps=False,
            showlegend=False,
        )
