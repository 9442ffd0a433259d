"""POST /api/scraper/ and what follows."""

import pytest
from rest_framework.test import APIClient

from scraping.demo.server import DemoShopServer
from scraping.models import Product, ScrapeRun, Visit
from scraping.services.visit_product import visit
from tests.factories import ProductFactory, ShopFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> APIClient:
    client = APIClient()
    client.force_authenticate(UserFactory(staff=True))
    return client


def test_it_works(staff: APIClient, demo_server: DemoShopServer) -> None:
    products = [ProductFactory(shop=ShopFactory(name="demo"), sku="B0DEM00003", title="", litres=None)]
    answer = staff.post("/api/scraper/", {})
    assert answer.status_code == 202
    body = answer.json()
    assert (body["status"], body["visits"]) == ("queued", 1)
    visit(visit_id=Visit.objects.get().pk)
    followed = staff.get(body["url"]).json()
    assert (followed["status"], followed["total"], followed["done"]) == ("done", 1, 1)
    assert followed["outcomes"] == {"ok": 1}
    assert followed["visits"][0]["product"] == products[0].pk


def test_some_products(staff: APIClient) -> None:
    wanted, _ = ProductFactory(), ProductFactory()
    assert staff.post("/api/scraper/", {"products": [wanted.pk]}).json()["visits"] == 1
    assert Visit.objects.get().product == wanted


def test_a_new_address_is_watched_from_now_on(staff: APIClient) -> None:
    answer = staff.post("/api/scraper/", {"url": "https://www.amazon.es/-/en/Aceite/dp/B07YY2YVK5/ref=sr_1_1?x=y"})
    assert answer.status_code == 202
    product = Product.objects.get()
    assert (product.sku, product.shop.name, product.watched) == ("B07YY2YVK5", "amazon.es", True)
    assert "OILWATCH_SCRAPE_AMAZON" in answer.json()["notes"][0]


@pytest.mark.parametrize(
    "body",
    [
        {"url": "https://shop.example/dp/B07YY2YVK5"},
        {"url": "http://127.0.0.1:6379/dp/B07YY2YVK5"},
        {"url": "https://www.amazon.es@evil.example/dp/B07YY2YVK5"},
        {"url": "https://www.amazon.es/"},
        {"url": ""},
        {"url": "B07YY2YVK5", "products": [1]},
        {"products": [123456]},
        {"products": []},
        {"products": "all"},
        {"product": 1},
    ],
)
def test_bad_input_is_a_problem_and_stores_nothing(staff: APIClient, body: dict) -> None:
    answer = staff.post("/api/scraper/", body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert not ScrapeRun.objects.exists()
    assert not Product.objects.exists()


def test_reading_is_open_writing_is_not() -> None:
    anybody = APIClient()
    run = ScrapeRun.objects.create(source="api")
    assert anybody.get(f"/api/scraper/{run.pk}/").status_code == 200
    assert anybody.post("/api/scraper/", {}).status_code in {401, 403}
    anybody.force_authenticate(UserFactory())
    assert anybody.post("/api/scraper/", {}).status_code == 403


def test_reading_can_be_closed(settings: object) -> None:
    settings.OILWATCH_API_READS_ARE_OPEN = False
    assert APIClient().get("/api/products/").status_code in {401, 403}


def test_an_unknown_run_is_a_problem() -> None:
    answer = APIClient().get("/api/scraper/999/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_names_without_the_last_slash_work(staff: APIClient) -> None:
    ProductFactory()
    assert staff.get("/api/products", follow=True).status_code == 200
    assert staff.post("/api/scraper", {}).status_code == 202


def test_writes_are_throttled(staff: APIClient, settings: object) -> None:
    settings.OILWATCH_WRITES_PER_MINUTE = 8
    ProductFactory()
    codes = [staff.post("/api/scraper/", {}).status_code for _ in range(4)]
    assert codes == [202, 202, 429, 429]


@pytest.mark.parametrize("body", ["[" * 2_000 + "]" * 2_000, "[" * 100_000])
def test_a_body_nested_too_deep_is_the_callers_error(staff: APIClient, body: str) -> None:
    answer = staff.post("/api/scraper/", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "JSON parse error" in answer.json()["detail"]
