"""What the chart's frame may run: Dash's own files, its one inline script, and the styles Plotly writes inline."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin

from dashboard.dash_apps.chart_requests import refusal
from dashboard.dash_apps.direct_scripts import direct_scripts

View = Callable[..., HttpResponseBase]

# SHA-256 of Dash's inline script `var renderer = new DashRenderer();` as Dash 4.4.0 writes it; a test computes it anew.
RENDERER = "'sha256-jZlsGVOhUAIcH+4PVs7QuGZkthRMgvT2n0ilH6/zTM0='"

CHART_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, RENDERER],
    "style-src": [SELF, "'unsafe-inline'"],  # Plotly sets style attributes and adds a style element of its own
    "img-src": [SELF, "data:", "blob:"],  # a saved picture is drawn from a blob
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "object-src": ["'none'"],
}


def chart_frame(view: View, **named: Any) -> View:
    """Give a view of django-plotly-dash the frame's policy (settings: PLOTLY_DASH["view_decorator"])."""

    @wraps(view)
    def framed(request: HttpRequest, **values: Any) -> HttpResponseBase:
        chart, stateless = values["ident"], values.get("stateless", False)
        refused = refusal(request, named.get("name", ""), chart, stateless=stateless)
        if refused is not None:
            return refused
        answer = view(request, **values)
        if isinstance(answer, HttpResponse) and answer.headers["Content-Type"].startswith("text/html"):
            answer.content = direct_scripts(answer.content.decode()).encode()
        return answer

    decorated: View = xframe_options_sameorigin(csp(CHART_POLICY)(framed))
    return decorated
