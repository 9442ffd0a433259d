"""The shop's own dialogue sets the place that prices are for; where it does not, the visit says so."""

import pytest

from scraping.amazon import place_dialogue
from scraping.amazon.place_dialogue import DialogueChanged
from scraping.client.errors import FetchFailed
from scraping.client.place_dialogue import set_place
from scraping.demo.catalogue import PRODUCTS
from scraping.demo.server import DemoShopServer
from scraping.models import PriceSpell, Product, Visit, VisitStatus
from scraping.services.order_visits import order_scrape
from scraping.services.page_source import page_source
from scraping.services.visit_product import visit
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db
SELECTIONS = "/portal-migration/hz/glow/get-rendered-address-selections"


def product_for(postcode: str) -> Product:
    shop = ShopFactory(name="demo", delivery_place=postcode)
    made: Product = ProductFactory(shop=shop, sku=PRODUCTS[2].asin, title="", litres=None, grade="other")
    return made


def made_visit(product: Product) -> Visit:
    made = order_scrape(products=[product], source="command", enqueue=False).visits.get()
    visit(visit_id=made.pk)
    made.refresh_from_db()
    return made


def test_the_page_is_for_the_postcode_that_was_set(demo_server: DemoShopServer) -> None:
    made = made_visit(product_for("08001"))
    assert (made.status, made.offer["offer"]["location"]) == (VisitStatus.OK, "Barcelona 08001")


def test_the_dialogue_is_held_once_for_many_visits(demo_server: DemoShopServer) -> None:
    product = product_for("08001")
    for _ in range(3):
        assert made_visit(product).status == VisitStatus.OK
    assert demo_server.requests["/"] == demo_server.requests[SELECTIONS] == 1


def test_a_shop_without_a_place_holds_no_dialogue(demo_server: DemoShopServer) -> None:
    assert made_visit(product_for("")).status == VisitStatus.OK
    assert demo_server.requests[SELECTIONS] == 0


def test_prices_without_iva_are_read_for_a_shop_in_the_canary_islands(demo_server: DemoShopServer) -> None:
    assert made_visit(product_for("35001")).status == VisitStatus.OK


def test_a_refused_postcode_is_said(demo_server: DemoShopServer) -> None:
    policy = page_source(product_for("nowhere")).policy
    addresses: list[str] = []
    with pytest.raises(FetchFailed, match="the shop refused the postcode nowhere"):
        set_place(demo_server.url, "nowhere", policy, before=addresses.append)
    assert len(addresses) == 3


def test_where_the_dialogue_fails_a_page_for_another_place_names_the_reason(
    demo_server: DemoShopServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraping.demo.place_dialogue.FIRST_TOKEN", "another")
    made = made_visit(product_for("35001"))
    assert made.status == VisitStatus.WRONG_LOCATION
    assert made.reason == (
        "delivers to 'Madrid 28008', the shop's place is 35001; "
        "the shop's dialogue did not set the place 35001: the dialogue for the place answered 403"
    )
    assert not PriceSpell.objects.exists()


def test_robots_txt_is_obeyed_in_the_dialogue_too(demo_server: DemoShopServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraping.demo.server.ROBOTS", "User-agent: *\nDisallow: /portal-migration/\n")
    made = made_visit(product_for("35001"))
    assert made.status == VisitStatus.WRONG_LOCATION
    assert "robots.txt of the shop disallows this address for us" in made.reason
    assert demo_server.requests[SELECTIONS] == 0


FOREIGN_MODAL = '{"url":"https://evil/","ajaxHeaders":{"anti-csrftoken-a2z":"t"}}'


@pytest.mark.parametrize("modal", [None, "", "[]", '{"url":"/x"}', FOREIGN_MODAL])
def test_a_changed_home_page_is_said(modal: str | None) -> None:
    attribute = "" if modal is None else f" data-a-modal='{modal}'"
    with pytest.raises(DialogueChanged):
        place_dialogue.read_modal(f'<span id="nav-global-location-data-modal-action"{attribute}></span>'.encode())


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"isValidAddress":0}', b"<html>"])
def test_only_a_yes_is_a_yes(answer: bytes) -> None:
    assert not place_dialogue.is_accepted(answer)
    assert place_dialogue.is_accepted(b'{"isValidAddress":1}')
