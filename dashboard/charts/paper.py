"""What every chart over time is drawn on: axes with round marks, no zoom, no legend; its height is its frame's."""

from datetime import date, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.axis import month_marks
from dashboard.charts.chart_texts import ChartTexts

LEAST_SPAN = 0.12  # of the price, from the axis's lowest to its highest mark
CLEAR = "rgba(0,0,0,0)"


def lay_out(figure: go.Figure, first: date, last: date, marks: list[float], texts: ChartTexts, *, right: int) -> None:
    """Give the figure its axes, from the first day to the last and from the lowest price mark to the highest."""
    days = month_marks(first, last)
    axis: dict[str, Any] = {"fixedrange": True, "zeroline": False, "linecolor": palette.GRID, "title": None}
    figure.update_layout(
        autosize=True,
        margin={"l": 8, "r": right, "t": 30, "b": 8},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        font={"family": palette.FONT, "size": 13, "color": palette.INK},
        hovermode="closest",
        hoverdistance=40,
        dragmode=False,
        xaxis={
            **axis,
            "range": [first - timedelta(days=1), last + timedelta(days=2)],
            "tickvals": days,
            "ticktext": [escape(texts.month(day)).replace("\n", "<br>") for day in days],
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
            "ticktext": [escape(texts.money(mark)) for mark in marks],
            "gridcolor": palette.GRID,
            "automargin": True,
        },
    )


def empty_figure(texts: ChartTexts) -> go.Figure:
    """Return a figure that says that there is nothing to show."""
    return go.Figure(
        layout={
            "xaxis": {"visible": False},
            "yaxis": {"visible": False},
            "annotations": [{"text": escape(texts.nothing), "showarrow": False, "xref": "paper", "yref": "paper"}],
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
        }
    )
