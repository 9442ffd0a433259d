"""A chart as a Dash app in a frame of its own: what it shows stands in its address, and it only ever reads.

What to show travels in the address (`?product=42`) rather than in initial arguments: those live in the session, which
is a signed cookie here, and two pages opened at once would overwrite each other's.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

import plotly
import plotly.graph_objects as go
from dash import dcc, html
from dash.dependencies import Input, Output
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import get_language
from django_plotly_dash import DjangoDash

from dashboard.charts.time_figure import blank_figure
from dashboard.language_addresses import CODES

LONGEST_ADDRESS = 400
# Dash would ask for plotly.js last, by a bare name, after three answers of its own. Named by the frame it is on its way
# at once, under an address with its version, and Dash loads none where window.Plotly is there. It is Plotly's own
# bundle of charts with two axes (npm: plotly.js-cartesian-dist-min, MIT), a third of the whole one, which a phone at
# 1.6 Mbit/s would wait 9 s for; a test holds it at the version that the package plotly has.
PLOTLY = f"{static('dashboard/vendor/plotly-cartesian.min.js')}?v{plotly.__version__}"

CONFIG: Any = {
    "displayModeBar": True,
    "displaylogo": False,
    "scrollZoom": True,
    "doubleClick": "reset",
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "filename": "oilwatch", "scale": 2},
}

Draw = Callable[[Mapping[str, str]], go.Figure]


def framed_chart(name: str, draw: Draw) -> DjangoDash:
    """Make the app; `draw` gets the address's parameters, each once."""
    app = DjangoDash(name, external_stylesheets=[static("dashboard/chart.css")], external_scripts=[PLOTLY])
    app.layout = html.Div(
        [
            dcc.Location(id="address", refresh=False),
            dcc.Graph(
                id="chart",
                className=f"{name}-chart",
                figure=blank_figure(""),  # else Plotly begins with axes that say nothing
                config=CONFIG,
                style={"height": "100vh"},  # the frame's height is the chart's
            ),
        ]
    )

    @app.callback(Output("chart", "figure"), [Input("address", "search")])  # type: ignore[untyped-decorator]
    def show(search: object) -> dict[str, Any]:
        return figure_of(draw, search)

    return app


def figure_of(draw: Draw, search: object) -> dict[str, Any]:
    """Draw what an address asks for, without the template Plotly adds to every figure (7 kB of defaults)."""
    given = parameters(search)
    language = given.get("language", "")
    with translation.override(language if language in CODES else get_language()):
        figure = draw(given)
    figure.update_layout(template="none")
    drawn: dict[str, Any] = figure.to_plotly_json()
    return drawn


def parameters(search: object) -> dict[str, str]:
    """Read `?product=42&over=90`; nothing from anything that is no short address."""
    if not isinstance(search, str) or len(search) > LONGEST_ADDRESS:
        return {}
    return {name: values[0] for name, values in parse_qs(search.removeprefix("?")).items()}
