"""The chart frame's scripts from where they lie, with names that browsers may cache for ever.

django-plotly-dash answers each script's address with a redirect to the static file: a dozen answers of Django before
the first line is drawn, at each visit, and files that browsers request again after a minute. The frame names the
static files itself here; what Dash put into the file's name to tell versions apart becomes the address's query.
"""

import re

from dash.fingerprint import check_fingerprint
from django.templatetags.static import static

_SUITE = re.compile(r'src="[^"]*/_dash-component-suites/([^"?]+)"')
_PLOTLY = re.compile(r'<script src="[^"]*/plotly-cartesian\.min\.js[^"]*"></script>\n?')
_START = '<script id="_dash-renderer"'  # it needs all the others
COMPONENTS = "dash/component/"  # where django-plotly-dash's finder puts Dash's files


def direct_scripts(page: str) -> str:
    """Return the frame with static addresses in place of redirected ones, and Plotly after the other scripts.

    Browsers fetch them all at once; Dash's own are run while Plotly, the largest, is still on its way.
    """
    direct = _SUITE.sub(_direct, page)
    plotly = _PLOTLY.search(direct)
    if plotly is None or _START not in direct:
        return direct
    return direct.replace(plotly[0], "", 1).replace(_START, f"{plotly[0].strip()}\n{_START}", 1)


def _direct(match: re.Match[str]) -> str:
    named = match[1]
    plain, is_known = check_fingerprint(named)  # type: ignore[no-untyped-call]
    version = next((part for part in named.split(".") if is_known and part not in plain.split(".")), "")
    return f'src="{static(COMPONENTS + plain)}?{version}"' if version else match[0]
