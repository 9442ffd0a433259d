"""A preview before a product is watched: as polite as a visit's, and nothing is stored."""

from typing import Any

import pytest

from scraping.client import circuit_breaker
from scraping.demo.catalogue import PRODUCTS
from scraping.demo.misbehaviour import Mode
from scraping.demo.server import DemoShopServer
from scraping.errors import UnknownAddress
from scraping.models import Adapter, Product, Shop, Visit
from scraping.services.preview_product import add_product, preview_product
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db
ASIN = PRODUCTS[2].asin


@pytest.fixture
def address(demo_server: DemoShopServer) -> str:
    ShopFactory(name="demo", delivery_place="28008")
    return f"{demo_server.url}/dp/{ASIN}"


def test_it_works_and_stores_nothing(address: str) -> None:
    preview = preview_product(text=address)
    assert (preview.outcome, preview.sku, preview.known) == ("ok", ASIN, None)
    assert preview.offer
    assert preview.offer.title == PRODUCTS[2].title
    assert preview.offer.price
    assert not Product.objects.exists()
    assert not Visit.objects.exists()


def test_amazon_is_not_asked_unless_the_operator_says_so() -> None:
    preview = preview_product(text="https://www.amazon.it/dp/B00EXAMPLE")
    assert (preview.outcome, preview.shop.name, preview.shop.currency) == ("forbidden", "amazon.it", "EUR")
    assert "OILWATCH_SCRAPE_AMAZON" in preview.reason
    assert not Shop.objects.exists()


@pytest.mark.parametrize("text", ["", "x", "https://evil.example/dp/B00EXAMPLE", "http://127.0.0.1:1/dp/B00EXAMPLE"])
def test_other_addresses_are_refused_in_words(text: str, address: str) -> None:
    with pytest.raises(UnknownAddress):
        preview_product(text=text)
    with pytest.raises(UnknownAddress):
        add_product(text=text, requested_by="x")


def test_a_robot_check_counts_for_the_breaker(address: str, demo_server: DemoShopServer) -> None:
    demo_server.switchboard.switch(ASIN, Mode.CAPTCHA)
    for _ in range(circuit_breaker.BLOCKS_TO_OPEN):
        assert preview_product(text=address).outcome == "blocked"
    preview = preview_product(text=address)
    assert preview.outcome == "later"
    assert "is paused for" in preview.reason


def test_our_turn_is_kept(address: str) -> None:
    Shop.objects.update(seconds_between_requests=60)
    assert [preview_product(text=address).outcome for _ in range(2)] == ["ok", "later"]


def test_yes_watches_and_orders_a_look(address: str) -> None:
    product = add_product(text=address, requested_by="anna")
    assert (product.sku, product.watched, product.shop.adapter) == (ASIN, True, Adapter.DEMO)
    visit = Visit.objects.get()
    assert (visit.product, visit.status, visit.run and visit.run.requested_by) == (product, "queued", "anna")
    assert preview_product(text=address).known == product


def test_yes_accepts_what_a_search_had_found(address: str, settings: Any) -> None:
    result = ProductFactory(shop=Shop.objects.get(), sku=ASIN, watched=False, proposal="declined")
    add_product(text=address, requested_by="anna")
    result.refresh_from_db()
    assert (result.watched, result.proposal) == (True, "accepted")


def test_amazon_too_is_watched_on_request() -> None:
    product = add_product(text="https://www.amazon.es/dp/B00EXAMPLE", requested_by="anna")
    assert (product.shop.name, product.watched) == ("amazon.es", True)
