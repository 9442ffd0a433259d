"""The sentence and the two forecasts that stand first on the accuracy page."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone

from forecasting.models import ForecastScore
from scraping.models import Adapter
from tests.dashboard.rows import LEVELS, forecast_of, priced_product
from tests.factories import ShopFactory
from tests.forecasting.training_figures import shop_figures, training_with

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


def _page(client, **more):
    return BeautifulSoup(client.get("/accuracy/", headers={"host": "localhost"}, **more).content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def _scored(product, *, ago, error):
    cutoff = timezone.now().date() - timedelta(days=30 + ago)
    forecast = forecast_of(product, cutoff=cutoff)
    for days in (7, 14, 30):
        ForecastScore.objects.create(
            forecast=forecast,
            days=days,
            due_on=cutoff + timedelta(days=days),
            days_seen=days,
            error=error,
            naive_error=0.04,
            crps=0.01,
            inside_80=days,
            inside_95=days,
            last_step=days,
            outcome=37.0,
        )
    return forecast


def _real(**values):
    return priced_product(days=200, shop=ShopFactory(adapter=Adapter.AMAZON, name="there"), **values)


def test_published_forecasts_are_chosen_by_the_rule(client):
    product = _real(title=HOSTILE)
    for place in range(21):
        _scored(product, ago=place, error=0.001 * (1 + place))  # the newest is the best
    _scored(product, ago=30, error=0.04)  # expected no change: none of those counts
    soup = _page(client)
    part = soup.select_one("section[aria-labelledby=examples]")
    good, bad = part.select("figure")
    today = timezone.now().date()
    assert "off by 0.3% on average over 30 days; “no change” would have been off by 4.0%" in _text(good)
    assert "off by 1.9% on average" in _text(bad)
    assert str((today - timedelta(days=32)).day) in _text(good.select("figcaption")[1])
    assert good.select_one("path.line-price")["d"].startswith("M")
    assert good.select_one("path.band-fan")
    assert "of 21 published forecasts that expected a change" in _text(part)
    assert soup.find("img") is None
    assert soup.select_one(".summary").text.startswith("On 30-day forecasts we were 69.2% closer")


def test_before_that_tests_on_the_past_serve_and_are_named_so(client):
    product = _real()
    example = {
        "key": str(product.pk),
        "cutoff": "2026-09-01",
        "last_price": 40.0,
        "levels": LEVELS,
        "quantiles": [[40 * (0.9 + 0.2 * level) for level in LEVELS]] * 30,
        "point": [39.0] * 30,
        "before": [40.0] * 90,
        "actual": [None, *[38.0] * 29],
        "error": 0.025,
        "naive": 0.05,
    }
    stored = {"n": 355, "good": example, "bad": {**example, "error": 0.075}}
    training_with(there=shop_figures(examples=stored))
    soup = _page(client)
    part = soup.select_one("section[aria-labelledby=examples]")
    assert "From tests on the past" in _text(part)
    assert "of 355 forecasts that expected a change" in _text(part)
    assert "off by 2.5%" in _text(part.select("figure")[0])
    assert "off by 7.5%" in _text(part.select("figure")[1])
    assert soup.select_one(".summary").text.startswith("In tests on the past, 30-day forecasts were 12.0% closer")
    assert "Una previsión buena" in _text(_page(client, HTTP_ACCEPT_LANGUAGE="es"))


def test_without_any_there_is_a_sentence_and_no_picture(client):
    soup = _page(client)
    assert soup.select_one(".summary").text == "No forecast has been scored yet, so we cannot say how good ours are."
    assert not soup.select("section[aria-labelledby=examples]")


def test_a_removed_product_takes_its_example_away(client):
    _real()
    example = {
        "key": "987654",
        "cutoff": "2026-09-01",
        "last_price": 1.0,
        "levels": LEVELS,
        "quantiles": [[1.0] * 13] * 30,
        "point": [1.0] * 30,
        "before": [1.0],
        "actual": [1.0],
        "error": 0.1,
        "naive": 0.1,
    }
    training_with(there=shop_figures(examples={"n": 20, "good": example, "bad": example}))
    cache.clear()
    assert not _page(client).select("section[aria-labelledby=examples]")
