"""The index chart of one grade: `?grade=virgin&currency=EUR&simulated=0&over=365`."""

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.charts.time_figure import time_figure
from dashboard.dash_apps.framed_chart import framed_chart
from dashboard.index_chart_data import index_chart
from dashboard.index_data import index_data
from dashboard.query_params.market_query import GRADES, RANGES, read_range
from dashboard.query_params.shown_kinds import ON_AN_INDEX, read_shown
from dashboard.texts.charts import chart_words
from forecasting.selectors.index_series import Basket
from scraping.currency import ISO_4217


def draw(params: Mapping[str, str]) -> go.Figure:
    """Draw one grade's index over one range; what makes no sense draws an empty chart."""
    basket = read_basket(params)
    data = index_data(basket) if basket else None
    texts = chart_words(basket.currency if basket else "EUR", by_litre=True)
    shown = read_shown(params.get("show"), ON_AN_INDEX)
    chart = index_chart(data).showing(shown) if data else None
    return time_figure(chart, texts, over=RANGES[read_range(params.get("over"))], dark=params.get("dark") == "1")


def read_basket(params: Mapping[str, str]) -> Basket | None:
    """Read which index is requested; None for anything that is none."""
    grade, currency = params.get("grade", ""), params.get("currency", "")
    if grade not in GRADES or currency not in ISO_4217:
        return None
    return Basket(grade, currency, params.get("simulated") == "1")


app = framed_chart("index", draw)
