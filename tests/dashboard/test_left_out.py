"""What the pages leave out: finds nobody accepted, and what another product under the same sku once cost."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from tests.dashboard.rows import priced_product
from tests.factories import SpellFactory

pytestmark = pytest.mark.django_db


def _page(client, path="/"):
    return BeautifulSoup(client.get(path, headers={"host": "localhost"}).content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def test_finds_nobody_accepted_stay_out(client):
    priced_product(title="Aceite", price="40")
    priced_product(title="Hallazgo", price="10", proposal="waiting", watched=False)
    priced_product(title="Rechazado", price="10", proposal="declined", watched=False)
    priced_product(title="Aceptado", price="45", proposal="accepted")
    soup = _page(client)
    assert soup.select_one(".number").text.strip() == "€8.00/l"
    assert "2 products" in _text(soup)
    assert "Hallazgo" not in _text(soup)


def test_another_product_under_the_same_sku_is_not_its_history(client):
    product = priced_product(price="40", days=20)
    began = product.latest_spell.first_seen
    SpellFactory(
        product=product, price="10", first_seen=began - timedelta(days=30), last_seen=began - timedelta(hours=1)
    )
    product.series_since = began
    product.save()
    soup = _page(client)
    assert soup.select_one("td.change").text.strip() == "–"
    label = soup.select_one(".lead svg[aria-label], table.market svg[aria-label]")["aria-label"]
    assert "low 40" in label
    assert "€10.00" not in _text(_page(client, f"/products/{product.pk}/"))
