"""Feeds: stable entries, strangers' titles harmless, 304 for those who have it, few queries, an end to their size."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from dashboard.deals import Offer, deal
from dashboard.selectors import feeds
from forecasting.models import Standing, Training
from scraping.models import ProductPicture
from scraping.services.spell_rows import point_to_latest
from tests.dashboard.rows import forecast_of
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
HOSTILE = '<img src=x onerror=alert(1)>\x00\x0b ]]> &amp; =HYPERLINK("x")'.replace("\x00", "")
# Not in the past: PostgreSQL writes down by its own clock when a training was first served.
NOW = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def product_with(*prices: str | None, every: int = 10, **fields: Any) -> Any:
    """A product whose prices followed one another, the last one seen an hour ago."""
    product = ProductFactory(**fields)
    begin = NOW - timedelta(days=every * len(prices))
    for number, price in enumerate(prices):
        first = begin + timedelta(days=every * number)
        SpellFactory(
            product=product,
            price=price and Decimal(price),
            state="in_stock" if price else "unavailable",
            first_seen=first,
            last_seen=first + timedelta(days=every, hours=-1),
        )
    point_to_latest([product.pk])
    product.refresh_from_db()
    return product


def entries(answer: Any) -> list[dict[str, str]]:
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    result = root.findall(f"{ATOM}entry") or root.findall("channel/item")
    return [{child.tag.removeprefix(ATOM): child.text or "" for child in entry} for entry in result]


def test_a_products_changes(reader: Client) -> None:
    product = product_with("40", "36", None, "36", title="Aceite bueno")
    forecast_of(product)
    result = entries(reader.get(f"/products/{product.pk}/feed.atom"))
    assert [entry["title"].split(": ", 1)[1] for entry in result] == [
        *("Wait", "€36.00 (€7.20/l)", "out of stock", "€36.00 (€7.20/l)", "€40.00 (€8.00/l)"),
    ]
    assert "Before: €40.00 (−10.0" in result[3]["summary"]
    rss = entries(reader.get(f"/products/{product.pk}/feed.rss"))
    assert [entry["guid"] for entry in rss] == [entry["id"] for entry in result]
    assert all(entry["id"].startswith("tag:localhost,2026:products/") for entry in result)


def test_no_hurry_is_a_change_of_the_advice(reader: Client) -> None:
    product = product_with("40")
    forecast_of(product)
    forecast_of(product, advice={"word": "no_hurry"})
    forecast_of(product, advice={"word": "no_hurry"})
    titles = [entry["title"].split(": ", 1)[1] for entry in entries(reader.get(f"/products/{product.pk}/feed.atom"))]
    assert titles[:2] == ["No hurry", "Wait"]


def test_advice_that_nobody_was_given_is_no_entry(reader: Client) -> None:
    product = product_with("40")
    held = forecast_of(product, standing=Standing.HELD_BACK).training
    assert len(entries(reader.get(f"/products/{product.pk}/feed.atom"))) == 1
    for standing in (Standing.SERVED, Standing.ROLLED_BACK):
        Training.objects.filter(pk=held.pk).update(standing=standing)
    assert len(entries(reader.get(f"/products/{product.pk}/feed.atom"))) == 2, "it was said at the time"


def test_the_oldest_advice_that_is_read_is_no_change(monkeypatch: Any, noon: Any) -> None:
    """The window moves on with every night: its edge would be news each time."""
    monkeypatch.setattr(feeds, "MOST_FORECASTS", 3)
    product = product_with("40")
    for _ in range(4):
        noon.shift(timedelta(days=1))
        forecast_of(product)
    assert feeds.advice_changes(product.pk) == []
    forecast_of(product, advice={"word": "buy"})
    assert [change.advice.action for change in feeds.advice_changes(product.pk)] == ["buy"]


def test_an_entry_stays_what_it_was(reader: Client, noon: Any) -> None:
    product = product_with("40", "36")
    before = entries(reader.get(f"/products/{product.pk}/feed.atom"))
    noon.shift(timedelta(days=1))
    SpellFactory(product=product, price=Decimal(30), first_seen=NOW + timedelta(hours=5))
    spell = product.latest_spell
    spell.last_seen += timedelta(hours=2)  # a visit without change
    spell.save()
    after = entries(reader.get(f"/products/{product.pk}/feed.atom"))
    assert after[1:] == before


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("packed", ["", "gzip"])
def test_who_has_it_already_gets_304(reader: Client, form: str, packed: str) -> None:
    product = product_with("40", "36")
    path, as_ever = f"/products/{product.pk}/feed.{form}", {"accept-encoding": packed}
    first = reader.get(path, headers=as_ever)
    tag = first.headers["ETag"]
    assert reader.get(path, headers=as_ever | {"if-none-match": tag}).status_code == 304
    assert reader.get(path, headers=as_ever | {"if-none-match": tag, "accept-language": "es"}).status_code == 200
    SpellFactory(product=product, price=Decimal(30), first_seen=NOW)
    assert reader.get(path, headers=as_ever | {"if-none-match": tag}).status_code == 200
    assert "Accept-Language" in first.headers["Vary"]


@pytest.mark.parametrize("path", ["/deals.atom", "/deals.rss"])
@pytest.mark.parametrize("left", [2, 1, 0])
def test_a_deal_that_ends_is_news(reader: Client, noon: Any, path: str, left: int) -> None:
    """The date of the newest entry stays as it was: whoever asks by that alone must not hear that the feed did too."""
    deals = [product_with("40", "40", "40", "40", "36") for _ in range(3)]
    first = reader.get(path)
    assert len(entries(first)) == 3
    moment = first.headers.get("Last-Modified") or http_date(NOW.timestamp())
    noon.shift(timedelta(minutes=1))
    for product in deals[left:]:
        SpellFactory(product=product, price=None, state="unavailable", first_seen=NOW, last_seen=NOW)
        point_to_latest([product.pk])
    for requested in ({"if-modified-since": moment}, {"if-none-match": first.headers["ETag"]}):
        for more in ({}, {"if-modified-since": moment}):
            answer = reader.get(path, headers=requested | more)
            assert answer.status_code == 200
            assert len(entries(answer)) == left


@pytest.mark.parametrize("path", ["/products/{}/feed.atom", "/products/{}/feed.rss"])
def test_a_title_that_is_mended_is_news(reader: Client, path: str) -> None:
    product = product_with("40", "36", title="Aceit")
    path = path.format(product.pk)
    first = reader.get(path)
    product.title = "Aceite"
    product.save()
    moment = first.headers.get("Last-Modified") or http_date(NOW.timestamp())
    assert reader.get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    assert reader.get(path, headers={"if-modified-since": moment}).status_code == 200


@pytest.mark.parametrize("path", ["/deals.atom", "/deals.rss"])
def test_an_empty_feed_stays_the_same(reader: Client, noon: Any, path: str) -> None:
    tag = reader.get(path).headers["ETag"]
    noon.shift(timedelta(hours=1))
    assert reader.get(path, headers={"if-none-match": tag}).status_code == 304
    assert reader.get(path, headers={"if-none-match": tag, "accept-language": "es"}).status_code == 200


@pytest.mark.parametrize("path", ["/products/{}/feed.atom", "/products/{}/feed.rss", "/deals.atom", "/deals.rss"])
def test_hostile_titles(reader: Client, path: str) -> None:
    product = product_with("40", "36", "40", "36", "30", title=HOSTILE, shop=ShopFactory(name="<b>shop</b>"))
    answer = reader.get(path.format(product.pk))
    (first, *_) = entries(answer)
    assert first
    for entry in entries(answer):
        body = entry.pop("summary", "") or entry.pop("description", "")
        assert not {"<", ">"} & set("".join(entry.values()))
        written = BeautifulSoup(body, "lxml")
        assert {tag.name for tag in written.find_all()} <= {"html", "body", "p", "a"}, "our own markup alone"
        assert [list(tag.attrs) for tag in written.find_all("a")] in ([], [["href"]])
        assert not {"<", ">"} & set(written.get_text())
    assert b"<img" not in answer.content


def test_deals(reader: Client) -> None:
    product_with("40", "40", "40", "40", "36", title="a new low")
    product_with("50", "50", "50", "50", "44", title="a big drop, but dear")
    product_with("40", "30", "40", "40", "35", title="a big drop")
    product_with("40", "40", "40", "40", "40", title="as ever")
    product_with("40", "36", every=20, title="a low of too short a history")
    product_with("40", "40", "40", "30", None, title="gone")
    product_with("40", "40", "40", "36", title="not new", every=30)
    titles = [entry["title"].split(": ", 1)[1] for entry in entries(reader.get("/deals.atom"))]
    assert sorted(titles) == ["a big drop", "a new low"]
    assert "lowest in 90 days" in reader.get("/deals.rss").content.decode()


def test_few_queries(reader: Client) -> None:
    for number in range(5):
        product = product_with("40", "40", "40", "40", str(30 + number))
        forecast_of(product)
    with CaptureQueriesContext(connection) as queries:
        reader.get(f"/products/{product.pk}/feed.atom")
    assert len(queries) == 4
    with CaptureQueriesContext(connection) as queries:
        assert len(entries(reader.get("/deals.atom"))) == 3
    assert len(queries) == 3


def test_there_is_an_end_to_it(reader: Client) -> None:
    product = product_with(*[str(30 + number % 3) for number in range(80)], every=1)
    assert len(entries(reader.get(f"/products/{product.pk}/feed.rss"))) == 50


def test_an_empty_feed_is_a_feed(reader: Client) -> None:
    assert entries(reader.get("/deals.atom")) == []
    assert reader.get("/products/999/feed.atom").status_code == 404


def test_pages_name_their_feeds(reader: Client) -> None:
    product = product_with("40")
    page = reader.get(f"/products/{product.pk}/").content.decode()
    assert f'href="/en/products/{product.pk}/feed.atom"' in page
    assert 'href="/en/deals.rss"' in reader.get("/").content.decode()


def test_the_same_price_again_is_no_new_deal() -> None:
    day = timedelta(days=1)
    offers = [Offer(NOW - 80 * day, NOW - 40 * day, 40.0), Offer(NOW - 40 * day, NOW - 2 * day, 30.0)]
    offers.append(Offer(NOW - 2 * day, NOW, 30.0))  # a new coupon
    assert deal(offers, per_litre=6, grade=[6, 7], now=NOW) is None


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("name", ["product", "deals"])
def test_picture_and_the_way_to_the_shop(reader: Client, settings: Any, form: str, name: str) -> None:
    """RFC 4287 and RSS 2.0: absolute addresses, an enclosure with length and type, ids that are no addresses."""
    settings.OILWATCH_SITE_URL = "https://oil.example"
    shop = ShopFactory(name="amazon.es", adapter="amazon")
    product = product_with("40", "40", "40", "40", "36", shop=shop, sku="B0OLIVA001", title="Aceite & <b>bueno</b>")
    ProductPicture.objects.create(product=product, content=b"12345", content_hash="x", tried_at=NOW)
    forecast_of(product)
    path = f"/products/{product.pk}/feed.{form}" if name == "product" else f"/deals.{form}"
    root = ElementTree.fromstring(reader.get(path).content)  # noqa: S314 - our own
    items = root.findall(f"{ATOM}entry") or root.findall("channel/item")
    assert items
    for item in items:
        text = item.findtext(f"{ATOM}summary") or item.findtext("description") or ""
        body = BeautifulSoup(text, "lxml")
        assert body.select_one("img")["src"] == f"https://oil.example/products/{product.pk}/picture.webp"
        link = body.select_one("a")
        assert link is not None
        assert str(link["href"]).startswith("https://www.amazon.es/dp/B0OLIVA001")
        assert link.get_text() == "View at amazon.es"
        assert body.find("b") is None
        if form == "rss":
            (picture,) = item.findall("enclosure")  # one at most
            address = picture.get("url")
        else:
            (picture,) = item.findall(f"{ATOM}link[@rel='enclosure']")
            address = picture.get("href")
            assert item.find(f"{ATOM}summary").get("type") == "html"
        assert address == f"https://oil.example/products/{product.pk}/picture.webp"
        assert (picture.get("length"), picture.get("type")) == ("5", "image/webp")


def test_the_advice_is_the_one_of_the_page(reader: Client) -> None:
    product = product_with("40")
    forecast_of(product)
    page = BeautifulSoup(reader.get(f"/products/{product.pk}/").content, "lxml")
    advice = " ".join(page.select_one(".advice").get_text(" ").split())
    summary = entries(reader.get(f"/products/{product.pk}/feed.atom"))[0]["summary"]
    sentence = " ".join(BeautifulSoup(summary, "lxml").p.get_text(" ").split())
    assert sentence
    assert sentence in advice
