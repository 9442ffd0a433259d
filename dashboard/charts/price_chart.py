"""The price chart of one product: steps, true gaps, list price, the low, and the forecast as a fan.

Every text that comes from outside is escaped: Plotly renders some HTML in labels.
"""

from html import escape

import plotly.graph_objects as go

from dashboard.charts import palette
from dashboard.charts.axis import price_marks
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.contents import PriceChart
from dashboard.charts.fan import at_level, fan_days, fan_traces
from dashboard.charts.gap_traces import add_gaps
from dashboard.charts.kind_lines import add_kind_lines
from dashboard.charts.labels import add_labels
from dashboard.charts.method_line import HIGH, LOW, method_traces
from dashboard.charts.paper import LEAST_SPAN, empty_figure, lay_out
from dashboard.charts.steps import steps
from dashboard.charts.thinned import thinned


def price_figure(chart: PriceChart, texts: ChartTexts) -> go.Figure:
    """Draw the chart; an empty figure with a sentence where there is no price at all."""
    if not any(stretch.price is not None for stretch in chart.stretches):
        return empty_figure(texts)
    figure = go.Figure()
    low, high = _range(chart)
    marks = price_marks(low, high)
    floor, ceiling = marks[0], marks[-1]
    add_gaps(figure, chart, floor, ceiling)
    _add_list_price(figure, chart, texts)
    if chart.fan:
        figure.add_traces(fan_traces(chart.fan, texts))
    for line in chart.methods:
        figure.add_traces(method_traces(line.fan, line.method, texts))
    add_kind_lines(figure, chart, texts)
    _add_price(figure, chart, texts)
    add_labels(figure, chart, texts)
    first, last = chart.stretches[0].first.date(), chart.stretches[-1].last.date()
    for fan in (chart.fan, *(line.fan for line in chart.methods)):
        last = max(last, fan_days(fan)[-1].date()) if fan else last
    lay_out(figure, first, last, marks, texts, right=64 if chart.fan else 12)
    return figure


def _range(chart: PriceChart) -> tuple[float, float]:
    """Return the lowest and the highest price to be shown, with a little air."""
    lines = [chart.stretches, *(line.stretches for line in chart.kinds)]
    prices = [stretch.price for line in lines for stretch in line if stretch.price is not None]
    if chart.fan:
        prices += [min(day) for day in chart.fan.quantiles] + [max(day) for day in chart.fan.quantiles]
    for line in chart.methods:
        prices += at_level(line.fan, LOW) + at_level(line.fan, HIGH)
    low, high = min(prices), max(prices)
    high = max([high, *(stretch.price for stretch in chart.listed if stretch.price is not None)])
    spare = max(LEAST_SPAN * (low + high) / 2 - (high - low), 0) / 2  # a price that hardly moves must look so
    return low * 0.99 - spare, high * 1.01 + spare


def _add_price(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    x, y = thinned(*steps(chart.stretches, max_gap=chart.max_gap))
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        uid="price",
        name=escape(texts.price),
        line={"shape": "hv", "color": palette.INK, "width": 2},
        hovertemplate="%{x|%Y-%m-%d}  <b>%{customdata}</b><extra></extra>",
        customdata=[None if price is None else escape(texts.money(price)) for price in y],
        connectgaps=False,
        showlegend=False,
    )


def _add_list_price(figure: go.Figure, chart: PriceChart, texts: ChartTexts) -> None:
    x, y = thinned(*steps(chart.listed, max_gap=chart.max_gap))
    if not x:
        return
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        uid="list",
        name=escape(texts.list_price),
        line={"shape": "hv", "color": palette.FAINT, "width": 1, "dash": "4px,3px"},
        hovertemplate=f"{escape(texts.list_price)} %{{customdata}}<extra></extra>",
        customdata=[None if price is None else escape(texts.money(price)) for price in y],
        connectgaps=False,
        showlegend=False,
    )
