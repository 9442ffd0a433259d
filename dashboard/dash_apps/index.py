"""The index chart of one grade: `?grade=virgin&currency=EUR&simulated=0&over=365`."""

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.charts.index_chart import IndexChart, index_figure
from dashboard.dash_apps.framed_chart import framed_chart
from dashboard.index_chart_data import index_chart
from dashboard.index_data import index_data
from dashboard.query_params.market_query import GRADES, RANGES, read_range
from dashboard.texts.charts import chart_words
from forecasting.selectors.index_series import Basket
from scraping.currency import ISO_4217


def draw(params: Mapping[str, str]) -> go.Figure:
    """Draw one grade's index over one range; what makes no sense draws an empty chart."""
    basket = read_basket(params)
    data = index_data(basket) if basket else None
    texts = chart_words(basket.currency if basket else "EUR", by_litre=True)
    if data is None:
        return index_figure(IndexChart("", ()), texts)
    return index_figure(index_chart(data, over=RANGES[read_range(params.get("over"))]), texts)


def read_basket(params: Mapping[str, str]) -> Basket | None:
    """Read which index is requested; None for anything that is none."""
    grade, currency = params.get("grade", ""), params.get("currency", "")
    if grade not in GRADES or currency not in ISO_4217:
        return None
    return Basket(grade, currency, params.get("simulated") == "1")


app = framed_chart("index", draw)
