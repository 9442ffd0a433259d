"""The statistics table of a product, and what a page says of what cannot be bought."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from bs4 import BeautifulSoup

from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import SpellFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _soup(client, product, query="", **more):
    answer = client.get(f"/products/{product.pk}/{query}", headers={"host": "localhost"}, **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def _lines(soup):
    return {
        row.th.text: {cell["data-head"]: _text(cell) for cell in row.select("td")}
        for row in soup.select(".statistics tbody tr")
    }


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("query", ["", "?over=30"])
def test_the_table_is_over_all_history_whatever_range_is_shown(client, query):
    product = priced_product(price="40", days=20)
    began = product.latest_spell.first_seen
    SpellFactory(
        product=product, price=20, list_price=30, first_seen=began - 300 * DAY, last_seen=began - timedelta(hours=1)
    )
    lines = _lines(_soup(client, product, query))
    assert lines == {
        "Price": {
            "Now": "€8.00/l €40.00",
            "avg. 30 d": "€6.67/l €33.33",  # 10 days at 20, 20 at 40
            "avg. 90 d": "€4.89/l €24.44",  # 70 days at 20, 20 at 40
            "avg. 365 d": "€4.25/l €21.25",  # 300 days at 20, 20 at 40
            "Lowest ever": "€4.00/l €20.00 3 Nov 2026",
            "Highest ever": "€8.00/l €40.00 23 Nov 2026",
            "Time at the low": "94%",
        },
        "List price": {
            "Now": "–",
            "avg. 30 d": "€6.00/l €30.00",
            "avg. 90 d": "€6.00/l €30.00",
            "avg. 365 d": "€6.00/l €30.00",
            "Lowest ever": "€6.00/l €30.00 3 Nov 2026",
            "Highest ever": "€6.00/l €30.00 3 Nov 2026",
            "Time at the low": "100%",
        },
    }


def test_what_has_no_volume_has_prices_of_the_pack_alone(client):
    lines = _lines(_soup(client, priced_product(price="40", litres=None)))
    assert lines["Price"]["Now"] == "€40.00"


def _gone(price="40"):
    """Out of stock since 20 November, watched until now."""
    product = priced_product(price=price, days=60, seen=datetime(2026, 11, 20, tzinfo=UTC))
    forecast_of(product, cutoff=datetime(2026, 11, 23, tzinfo=UTC).date())
    product.latest_spell = SpellFactory(
        product=product,
        state="unavailable",
        price=None,
        first_seen=datetime(2026, 11, 20, 1, tzinfo=UTC),
        last_seen=datetime(2026, 11, 23, 11, tzinfo=UTC),
    )
    product.save()
    return product


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False)
def test_what_is_out_of_stock_says_its_last_price_and_since_when(client):
    soup = _soup(client, _gone())
    assert _text(soup.select_one(".last-price")) == "Last price: €8.00/l (€40.00). Without a price since 20 Nov 2026."
    assert _lines(soup)["Price"]["Now"] == "–"
    assert soup.select_one("#advice").text == "No advice: it is not in stock right now."
    assert not soup.select(".trust, .why, .odds"), "nothing is advised, so nothing is to be trusted"
    assert "Último precio: 8,00" in _text(_soup(client, _gone(), HTTP_ACCEPT_LANGUAGE="es"))


def test_what_can_be_bought_has_no_last_price(client):
    product = priced_product()
    forecast_of(product)
    soup = _soup(client, product)
    assert not soup.select(".last-price")
    assert soup.select(".trust")
    assert Decimal(product.latest_spell.price) == 40
