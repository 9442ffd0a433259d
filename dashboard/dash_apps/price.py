"""The price chart of one product: `?product=42&over=365&show=prime,used`."""

from collections.abc import Mapping
from datetime import timedelta

import plotly.graph_objects as go

from dashboard.chart_data import price_chart
from dashboard.charts.contents import PriceChart
from dashboard.charts.price_chart import price_figure
from dashboard.dash_apps.framed_chart import framed_chart
from dashboard.query_params.market_query import RANGES, read_range
from dashboard.query_params.shown_kinds import read_shown
from dashboard.texts.charts import chart_words

LARGEST_ID = 2**63 - 1


def draw(params: Mapping[str, str]) -> go.Figure:
    """Draw one product over one range; what makes no sense draws an empty chart."""
    number = product_number(params.get("product", ""))
    over, shown = RANGES[read_range(params.get("over"))], read_shown(params.get("show"))
    chart = price_chart(number, over=over, shown=shown) if number else None
    if chart is None:
        return price_figure(PriceChart("", (), (), timedelta(0)), chart_words("EUR", by_litre=False))
    return price_figure(chart.chart, chart_words(chart.currency, by_litre=chart.by_litre))


def product_number(named: str) -> int | None:
    """Read a product's number; None for anything else."""
    number = int(named) if named.isascii() and named.isdecimal() and len(named) < 20 else 0
    return number if 0 < number <= LARGEST_ID else None


app = framed_chart("price", draw)
