"""Times without a price as hatched fields that say why on hover."""

from html import escape

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.contents import PriceChart

MOST = 60  # older gaps than the newest so many are left white


def add_gaps(figure: go.Figure, chart: PriceChart, floor: float, ceiling: float) -> None:
    """Add a field for each gap, from the axis's lowest to its highest mark."""
    for number, gap in enumerate(chart.gaps[-MOST:]):
        reasons = chart.gap_reasons[-MOST:]
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
