"""The comparison of up to six products: `?products=3,5,8&by=litre&over=365&dark=1`."""

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.charts.time_figure import time_figure
from dashboard.compare_chart import compared_chart, compared_lines, compared_unit
from dashboard.dash_apps.framed_chart import framed_chart
from dashboard.query_params.compare_query import MOST, read_numbers
from dashboard.query_params.market_query import RANGES, read_range
from dashboard.selectors.compare import compared_products
from dashboard.texts.charts import chart_words


def draw(params: Mapping[str, str]) -> go.Figure:
    """Draw the products over one range; what makes no sense draws an empty chart."""
    products = compared_products(read_numbers(params.get("products", "").split(","))[:MOST])
    unit = compared_unit(products, by_litre=params.get("by") != "pack")
    chart = compared_chart(compared_lines(products, unit))
    over, texts = RANGES[read_range(params.get("over"))], chart_words(unit.currency, by_litre=unit.by_litre)
    return time_figure(chart, texts, over=over, dark=params.get("dark") == "1")


app = framed_chart("compare", draw)
