"""A full chart speaks the language its address names, whatever the browser asks for."""

import plotly.graph_objects as go
import pytest
from django.utils import translation
from django.utils.translation import gettext

from dashboard.dash_apps.framed_chart import figure_of


@pytest.mark.parametrize(("search", "word"), [("?language=es", "Mercado"), ("?language=xx", "Market"), ("", "Market")])
def test_the_address_names_the_language(search, word):
    with translation.override("en"):
        drawn = figure_of(lambda _parameters: go.Figure(layout={"title": {"text": gettext("Market")}}), search)
    assert drawn["layout"]["title"]["text"] == word
