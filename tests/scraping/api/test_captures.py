"""A page from a person's browser becomes a spell, or is refused with a reason and stores nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from rest_framework.test import APIClient

from scraping.demo.catalogue import PRODUCTS
from scraping.demo.misbehaviour import Mode
from scraping.models import Capture, PriceSpell, Product, Shop, Snapshot, Visit, VisitStatus
from scraping.services.capture_tokens import create_token
from scraping.services.snapshots import page_of
from scraping.services.visit_product import visit
from tests.factories import ProductFactory, ShopFactory, UserFactory
from tests.scraping.captured_pages import ASIN, SECRETS, demo_page, personal_page, price_of

pytestmark = pytest.mark.django_db

OTHER = PRODUCTS[5].asin
SHOP = "http://127.0.0.1:8101"
AMAZON = f"https://www.amazon.es/dp/{ASIN}"
TABLES = (Visit, Snapshot, Product, Shop, PriceSpell, Capture)


@pytest.fixture
def product(settings: Any) -> Product:
    settings.OILWATCH_DEMO_SHOP_URL = SHOP
    shop = ShopFactory(name="demo", delivery_place="28008", language="es", country="ES")
    return ProductFactory(shop=shop, sku=ASIN, title="", litres=None, grade="other")


@pytest.fixture
def key() -> str:
    return create_token(user=UserFactory(), name="laptop")[1]


def client_of(key: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Capture {key}")
    return client


def page_now(**changes: Any) -> dict[str, Any]:
    return {"url": f"{SHOP}/dp/{ASIN}?tag=x", "html": personal_page(), "seen_at": timezone.now().isoformat(), **changes}


def rows() -> list[int]:
    return [table.objects.count() for table in TABLES]


def test_a_captured_page_becomes_a_spell(product: Product, key: str, settings: Any) -> None:
    settings.OILWATCH_SCRAPE_AMAZON = False
    body = page_now()
    answer = client_of(key).post("/api/captures/", body)
    assert answer.status_code == 202, answer.content
    receipt = answer.json()
    assert receipt["status"] == "queued"
    waiting = Visit.objects.get()
    assert (waiting.pk, waiting.source, waiting.product) == (receipt["id"], "capture", product)
    assert visit(visit_id=waiting.pk) == VisitStatus.OK
    spell = PriceSpell.objects.get()
    assert spell.price == price_of()
    assert spell.last_seen.isoformat()[:19] == body["seen_at"][:19]
    shown = client_of(key).get(receipt["url"]).json()
    assert (shown["status"], shown["read"]["price"], shown["read"]["location"]) == (
        "ok",
        str(price_of()),
        "Madrid 28008",
    )


def test_the_stored_page_holds_nothing_of_the_person(product: Product, key: str) -> None:
    client_of(key).post("/api/captures/", page_now())
    stored = page_of(Snapshot.objects.get()).decode()
    assert [secret for secret in SECRETS if secret in stored] == []
    assert ASIN in stored


def test_a_capture_needs_neither_robots_nor_pace_nor_a_shop_that_answers(
    product: Product, key: str, monkeypatch: Any
) -> None:
    def never(*_args: Any, **_named: Any) -> None:
        raise AssertionError("the shop was asked")

    monkeypatch.setattr("scraping.services.visit_product.fetch_page", never)
    monkeypatch.setattr("scraping.services.visit_product.report_to_circuit", never)
    client_of(key).post("/api/captures/", page_now())
    assert visit(visit_id=Visit.objects.get().pk) == VisitStatus.OK


def test_a_page_whose_snapshot_is_gone_ends_as_unreachable(product: Product, key: str) -> None:
    client_of(key).post("/api/captures/", page_now())
    Snapshot.objects.all().delete()
    assert visit(visit_id=Visit.objects.get().pk) == VisitStatus.UNREACHABLE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"url": f"https://shop.example/dp/{ASIN}"}, "not a known Amazon shop"),
        ({"url": f"http://127.0.0.1:8102/dp/{ASIN}"}, "no port"),
        ({"url": ASIN}, "as the browser shows it"),
        ({"url": f"javascript:alert(1)//www.amazon.es/dp/{ASIN}"}, "as the browser shows it"),
        ({"url": f"{SHOP}/"}, "no port"),
        ({"url": f"{SHOP}/dp/{OTHER}"}, f"The address names {OTHER}, but the page is of {ASIN}"),
        ({"html": demo_page(mode=Mode.OTHER_ASIN)}, f"The address names {ASIN}, but the page is of"),
        ({"html": demo_page(mode=Mode.CAPTCHA)}, "not a product page (blocked"),
        ({"html": demo_page(mode=Mode.HOME_PAGE)}, "not a product page (other"),
        ({"html": demo_page(mode=Mode.DOGS_500)}, "not a product page (error"),
        ({"html": "<p>hello</p>"}, "not a product page"),
        ({"html": "<h1 id=productTitle>Aceite</h1>"}, "does not say which product"),
        ({"html": ""}, "html"),
        ({"html": "a\0b"}, "html"),
        ({"html": None}, "html"),
        ({"html": ["x"]}, "html"),
        ({"seen_at": "2026-11-26T10:00:00"}, "timezone"),
        ({"seen_at": "yesterday"}, "seen_at"),
        ({"seen_at": (timezone.now() + timedelta(minutes=30)).isoformat()}, "in the future"),
        ({"seen_at": (timezone.now() - timedelta(days=3)).isoformat()}, "more than a day ago"),
        ({"product": 1}, "Unknown: product"),
        ({"html": "<h1 id=productTitle>Aceite</h1><div id=price>" + "a" * 2_000_000}, "larger than 1,048,576 bytes"),
        ({"url": "https://amzn.eu/d/0aBcDeF"}, "is a short link"),
    ],
)
def test_what_is_refused_stores_nothing(product: Product, key: str, changes: dict[str, Any], reason: str) -> None:
    before = rows()
    answer = client_of(key).post("/api/captures/", page_now(**changes))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert reason in answer.json()["detail"]
    assert rows() == before


def test_half_a_surrogate_pair_is_answered_too(product: Product, key: str) -> None:
    body = json.dumps(page_now(**{"\ud800": 1}))  # as an escape: valid JSON, and no text
    answer = client_of(key).generic("POST", "/api/captures/", body, content_type="application/json")
    assert answer.status_code == 400
    assert "Unknown: ?. Known" in answer.json()["detail"]


@pytest.mark.parametrize("url", ["https://amzn.eu/d/0aBcDeF", "amzn.to/3xYz"])
def test_no_short_link_is_followed(product: Product, key: str, monkeypatch: Any, url: str) -> None:
    def never(*_args: Any, **_named: Any) -> None:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr("scraping.services.short_links.redirect_of", never)
    client = client_of(key)
    answers = (client.post("/api/captures/", page_now(url=url)), client.get("/api/captures/panel/", {"url": url}))
    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.parametrize("marketplace", ["it", "com"])
def test_a_page_of_another_marketplace_is_refused(key: str, marketplace: str) -> None:
    ProductFactory(shop=ShopFactory(name=f"amazon.{marketplace}", adapter="amazon"), sku=ASIN)
    before = rows()
    answer = client_of(key).post("/api/captures/", page_now(url=f"https://www.amazon.{marketplace}/dp/{ASIN}"))
    assert (answer.status_code, rows()) == (400, before)
    assert "but the page is of amazon.es" in answer.json()["detail"]


def test_the_same_page_again_is_a_replay(product: Product, key: str) -> None:
    body = page_now()
    assert client_of(key).post("/api/captures/", body).status_code == 202
    before = rows()
    again = client_of(key).post("/api/captures/", body)
    assert (again.status_code, rows()) == (409, before)
    assert "already sent" in again.json()["detail"]
    newer = client_of(key).post("/api/captures/", page_now())
    assert (newer.status_code, rows()) == (409, before), "the same page under a newer time"
    other = client_of(key).post("/api/captures/", {**body, "html": demo_page()})
    assert (other.status_code, rows()) == (409, before), "another page at the same time"


def test_an_unchanged_page_some_time_later_is_a_new_observation(product: Product, key: str) -> None:
    first = timezone.now().replace(microsecond=0) - timedelta(hours=3)
    client_of(key).post("/api/captures/", page_now(seen_at=first.isoformat()))
    assert visit(visit_id=Visit.objects.get().pk) == VisitStatus.OK
    Capture.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert client_of(key).post("/api/captures/", page_now()).status_code == 202
    assert visit(visit_id=Visit.objects.latest("id").pk) == VisitStatus.OK
    spell = PriceSpell.objects.get()
    assert (spell.observations, spell.first_seen) == (2, first)


def test_a_huge_page_is_not_read(product: Product, key: str, settings: Any) -> None:
    settings.OILWATCH_CAPTURE_BYTES = 300_000
    before = rows()
    answer = client_of(key).post("/api/captures/", page_now(html=personal_page() + "x" * 300_000))
    assert (answer.status_code, rows()) == (413, before)
    assert "300,000 bytes" in answer.json()["detail"]
    assert client_of(key).post("/api/captures/", page_now()).status_code == 202


def test_a_page_larger_than_forms_may_be_is_taken(product: Product, key: str, settings: Any) -> None:
    page = personal_page() + "<script>" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + "</script>"
    assert client_of(key).post("/api/captures/", page_now(html=page)).status_code == 202


def test_too_many_a_minute_are_refused(product: Product, key: str, settings: Any) -> None:
    settings.OILWATCH_CAPTURES_PER_MINUTE = 4
    assert client_of(key).post("/api/captures/", page_now()).status_code == 202
    before = rows()
    answer = client_of(key).post("/api/captures/", page_now(seen_at=timezone.now().isoformat()))
    assert (answer.status_code, rows()) == (429, before)
    assert int(answer["Retry-After"]) > 0


def test_a_product_nobody_watches_is_not_begun_by_everyone(product: Product, key: str) -> None:
    product.watched = False
    product.save()
    before = rows()
    answer = client_of(key).post("/api/captures/", page_now())
    assert (answer.status_code, rows()) == (404, before)
    assert "Ask an operator" in answer.json()["detail"]
    unknown = client_of(key).post("/api/captures/", page_now(url=AMAZON))
    assert (unknown.status_code, rows()) == (404, before)


@pytest.mark.parametrize("staff", [True, False])
def test_who_may_add_products_begins_to_watch_with_the_first_page(staff: bool) -> None:
    user = UserFactory(staff=staff)
    if not staff:
        user.user_permissions.add(Permission.objects.get(codename="add_product"))
    _, key = create_token(user=user, name="laptop")
    assert client_of(key).post("/api/captures/", page_now(url=AMAZON)).status_code == 202
    product = Product.objects.get()
    assert (product.shop.name, product.sku, product.watched) == ("amazon.es", ASIN, True)
    assert Visit.objects.get().source == "capture", "and no visit of our own"


@pytest.mark.parametrize("mode", [Mode.DECIMAL_SLIP, Mode.WRONG_LOCATION])
def test_the_guards_hold_for_captures_too(product: Product, key: str, mode: Mode) -> None:
    client_of(key).post("/api/captures/", page_now(html=demo_page(mode=mode)))
    assert visit(visit_id=Visit.objects.get().pk) not in {VisitStatus.OK, None}
    assert not PriceSpell.objects.exists()
