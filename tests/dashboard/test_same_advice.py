"""List, page, feed and API say the same advice on a product."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from scraping.models import ProductPicture
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def _soup(client, path):
    return BeautifulSoup(client.get(path, headers={"host": "localhost"}).content, "lxml")


def _advice(word, days=9):
    return {"word": word, "until": (TODAY + timedelta(days=days)).isoformat()}


def _out_of_stock(product):
    last = product.latest_spell.last_seen + timedelta(minutes=1)
    product.latest_spell = SpellFactory(product=product, state="unavailable", price=None, first_seen=last)
    product.save()


CASES = {
    "buy": ({"advice": _advice("buy")}, False, "Buy now"),
    "wait": ({}, False, "Wait"),
    "no hurry": ({"advice": _advice("no_hurry")}, False, "No hurry"),
    "none": ({"advice": {"word": "none"}}, False, "No advice"),
    "expired": ({"advice": _advice("wait", -1)}, False, "No advice"),
    "out of stock": ({}, True, "No advice"),
    "jumped": ({"last_price": 4.0}, False, "No advice"),
    "old": ({"cutoff": TODAY - timedelta(days=9)}, False, "No advice"),
}


@pytest.mark.parametrize(("forecast", "gone", "state"), CASES.values(), ids=CASES)
@pytest.mark.parametrize(
    "query", ["/", "/?stock=&sort=title&grade=extra_virgin&pack=1&over=90"], ids=["plain", "filtered"]
)
def test_all_four_say_the_same(client, query, forecast, gone, state):
    product = priced_product(price="40", days=90)
    made = forecast_of(product, **forecast)
    if gone:
        _out_of_stock(product)
    cell = _soup(client, query).select_one("table.market td.word")
    listed = client.get(f"/api/products/{product.pk}/", headers={"host": "localhost"}).json()["advice"]
    predicted = client.get(f"/api/predict/?product={product.pk}", headers={"host": "localhost"})
    assert cell.text == state
    assert _soup(client, f"/products/{product.pk}/").select_one("#advice").text == cell["title"] == listed["text"]
    word = predicted.json()["advice"]["word"] if predicted.status_code == 200 else "none"
    assert word == listed["word"] == next(name for name in cell["class"] if name.startswith("advice-"))[7:]
    if state != "No advice":
        feed = _soup(client, f"/products/{product.pk}/feed.atom")
        newest = next(entry for entry in feed.select("entry") if "/advice/" in entry.id.text)
        assert newest.title.text.endswith(f": {state}")
        assert listed["until"] == (made.advice["until"] if isinstance(made.advice, dict) else None)


def test_products_say_where_to_see_and_to_buy_them(client):
    shown, imported = priced_product(), priced_product(shop=ShopFactory(imported=True))
    ProductPicture.objects.create(
        product=shown,
        source_url="https://example.com/a.jpg",
        content=b"webp",
        content_hash="ab" * 32,
        tried_at=timezone.now(),
    )
    rows = client.get("/api/products/", headers={"host": "localhost"}).json()["results"]
    assert rows[0]["page"] == f"http://localhost/products/{shown.pk}/"
    assert rows[0]["shop_url"].endswith(f"/dp/{shown.sku}")
    assert rows[0]["image"] == f"http://localhost/products/{shown.pk}/picture.webp?{'ab' * 6}"
    assert (rows[1]["shop_url"], rows[1]["image"], imported.shop.simulated) == ("", None, False)
    assert rows[1]["advice"] == {
        "word": "none",
        "text": "No advice: there is no forecast yet.",
        "until": None,
        "limit_price": None,
    }


def test_the_root_of_the_api_lists_what_there_is(client):
    body = client.get("/api/", headers={"host": "localhost"}).json()
    assert body["products"] == "http://localhost/api/products/"
    assert {"data", "predict", "index", "scraper", "retrain", "alerts", "shops", "docs", "schema"} <= set(body)
    for address in (body["products"], body["shops"], body["schema"], body["forecasters"]):
        assert client.get(address, headers={"host": "localhost"}).status_code == 200
