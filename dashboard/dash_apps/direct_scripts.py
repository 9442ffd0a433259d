"""The chart frame's scripts from where they lie, with names that browsers may cache for ever.

django-plotly-dash answers each script's address with a redirect to the static file: a dozen answers of Django before
the first line is drawn, at each visit, and files that browsers request again after a minute. The frame names the
static files itself here; what Dash put into the file's name to tell versions apart becomes the address's query.
"""

import re

from dash.fingerprint import check_fingerprint
from django.templatetags.static import static

_SUITE = re.compile(r'src="[^"]*/_dash-component-suites/([^"?]+)"')
COMPONENTS = "dash/component/"  # where django-plotly-dash's finder puts Dash's files


def direct_scripts(page: str) -> str:
    """Return the frame with static addresses in place of redirected ones."""
    return _SUITE.sub(_direct, page)


def _direct(match: re.Match[str]) -> str:
    named = match[1]
    plain, is_known = check_fingerprint(named)  # type: ignore[no-untyped-call]
    version = next((part for part in named.split(".") if is_known and part not in plain.split(".")), "")
    return f'src="{static(COMPONENTS + plain)}?{version}"' if version else match[0]
