"""The price chart as a Dash app: it reads the product's number from its own address and only ever reads.

The number travels in the address (`?product=42`) rather than in initial arguments: those live in the session, which is
a signed cookie here, and two pages opened at once would overwrite each other's.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from dash import dcc, html
from dash.dependencies import Input, Output
from django.templatetags.static import static
from django.utils.translation import gettext
from django_plotly_dash import DjangoDash

from dashboard.chart_data import price_chart
from dashboard.chart_words import chart_words
from dashboard.charts.contents import PriceChart
from dashboard.charts.price_chart import price_figure

RANGES: dict[str, int | None] = {"3m": 91, "1y": 365, "all": None}
LARGEST_ID = 2**63 - 1

app = DjangoDash("price", external_stylesheets=[static("dashboard/chart.css")])
app.layout = html.Div(
    [
        dcc.Location(id="address", refresh=False),
        dcc.RadioItems(id="range", value="1y", options=list(RANGES), inline=True, className="ranges"),
        dcc.Graph(
            id="chart",
            config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True},
            style={"height": "420px"},
        ),
    ]
)


@app.callback(  # type: ignore[untyped-decorator]
    [Output("chart", "figure"), Output("range", "options")],
    [Input("address", "search"), Input("range", "value")],
)
def show(search: object, chosen: object) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Draw one product over one range; what makes no sense draws an empty chart."""
    number = product_number(search)
    days = RANGES.get(chosen, RANGES["1y"]) if isinstance(chosen, str) else RANGES["1y"]
    found = price_chart(number, over=timedelta(days=days) if days else None) if number else None
    options = [
        {"label": gettext("3 months"), "value": "3m"},
        {"label": gettext("1 year"), "value": "1y"},
        {"label": gettext("all"), "value": "all"},
    ]
    if found is None:
        empty = PriceChart("", (), (), timedelta(0))
        return price_figure(empty, chart_words("EUR", by_litre=False)).to_plotly_json(), options
    figure = price_figure(found.chart, chart_words(found.currency, by_litre=found.by_litre))
    return figure.to_plotly_json(), options


def product_number(search: object) -> int | None:
    """Read `?product=42`; None for anything else."""
    if not isinstance(search, str) or len(search) > 200:
        return None
    named = parse_qs(search.removeprefix("?")).get("product", [""])[0]
    number = int(named) if named.isascii() and named.isdecimal() and len(named) < 20 else 0
    return number if 0 < number <= LARGEST_ID else None
