"""The scripts a chart's frame loads lie straight where it says, and are kept."""

import re
from pathlib import Path
from urllib.parse import unquote

import plotly
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders

from dashboard.dash_apps.direct_scripts import direct_scripts
from dashboard.dash_apps.framed_chart import PLOTLY

FOR_EVER = re.compile(settings.WHITENOISE_IMMUTABLE_FILE_TEST)


@pytest.mark.django_db
@pytest.mark.parametrize("chart", ["price", "index", "compare"])
def test_each_script_of_the_frame_lies_where_the_frame_says(client, chart):
    answer = client.get(f"/charts/app/{chart}/", headers={"host": "localhost"})
    scripts = [script["src"] for script in BeautifulSoup(answer.content, "lxml").select("script[src]")]
    assert len(scripts) > 5
    assert scripts[-1] == PLOTLY, "the others are run while it is on its way"
    assert answer.content.decode().index(PLOTLY) < answer.content.decode().index("new DashRenderer")
    # Unnamed, Dash asks for it after all else, and for one of any version that a browser kept
    for script in scripts:
        path, _, version = unquote(script).removeprefix("/static/").partition("?")  # type: ignore[arg-type]
        assert finders.find(path), script
        assert version
        assert FOR_EVER.search(f"/static/{path}"), script


def test_plotly_is_the_one_that_its_package_speaks_to():
    """The figures are made by the package plotly, whose version of plotly.js the small bundle must have."""
    whole = Path(plotly.__file__).parent / "package_data/plotly.min.js"
    part = finders.find(PLOTLY.removeprefix("/static/").partition("?")[0])
    assert isinstance(part, str)
    versions = [re.findall(r"plotly\.js.*v([\d.]+)", Path(file).read_text()[:300]) for file in (whole, part)]
    assert versions[0]
    assert versions[0] == versions[1]


def test_what_has_no_version_stays_as_it_was():
    page = '<script src="/charts/app/price/_dash-component-suites/dash/dcc/async-graph.js"></script>'
    assert direct_scripts(page) == page


@pytest.mark.parametrize(
    "address", ["/static/dash/component/dash/dcc/async-graph.js", "/static/dashboard/oilwatch.css", "/static/a.min.js"]
)
def test_what_changes_under_its_name_is_asked_for_again(address):
    assert not FOR_EVER.search(address)
