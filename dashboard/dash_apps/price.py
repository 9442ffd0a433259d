"""The price chart of one product: `?product=42&over=365&show=prime,used&dark=1`."""

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.chart_data import read_price_chart
from dashboard.charts.chart_unit import ChartUnit
from dashboard.charts.time_figure import time_figure
from dashboard.dash_apps.framed_chart import framed_chart
from dashboard.query_params.market_query import RANGES, read_range
from dashboard.query_params.shown_kinds import read_shown
from dashboard.texts.charts import chart_words

LARGEST_ID = 2**63 - 1


def draw(params: Mapping[str, str]) -> go.Figure:
    """Draw one product over one range; what makes no sense draws an empty chart."""
    number = product_number(params.get("product", ""))
    over, shown = RANGES[read_range(params.get("over"))], read_shown(params.get("show"))
    data = read_price_chart(number) if number else None
    unit = data.unit if data else ChartUnit("EUR", by_litre=False)
    texts = chart_words(unit.currency, by_litre=unit.by_litre)
    chart = data.chart.showing(shown) if data else None
    return time_figure(chart, texts, over=over, dark=params.get("dark") == "1")


def product_number(named: str) -> int | None:
    """Read a product's number; None for anything else."""
    number = int(named) if named.isascii() and named.isdecimal() and len(named) < 20 else 0
    return number if 0 < number <= LARGEST_ID else None


app = framed_chart("price", draw)
