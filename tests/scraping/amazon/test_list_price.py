"""The list price comes from the offer's own box: never another size's, never a price per unit, never made up."""

from decimal import Decimal

import pytest

from scraping.amazon.page import read_page
from scraping.offer import Offer
from tests.scraping.amazon.made_pages import (
    BUTTON,
    DE,
    ES,
    US,
    Grocery,
    Shop,
    html,
    price_span,
    shown,
    struck,
    without_offer,
)


def offer_of(page: str) -> Offer:
    offer = read_page(page).offer
    assert offer is not None
    return offer


def swatch(shop: Shop, price: str, listed: str) -> str:
    """Another size with its price, as pages show it since 2025."""
    both = price_span(shop, price, "centralizedApexPricePriceToPayMargin") + struck(shop, listed)
    return f'<div id="inline-twister-row-size_name"><li id="size_name_1"><span id="apex_price">{both}</span></li></div>'


def test_another_sizes_list_price_is_not_ours() -> None:
    page = Grocery().build().replace('<div id="rightCol">', swatch(ES, "89.99", "129.99") + '<div id="rightCol">')
    assert offer_of(page).list_price is None


@pytest.mark.parametrize("name", ["a-section dimension-slot-info", "a-section apex_on_twister_price"])
def test_a_swatch_is_known_by_its_class_too(name: str) -> None:
    other = f'<div class="{name}"><span id="apex_price">{price_span(ES, "20.00")}{struck(ES, "99.00")}</span></div>'
    beside = Grocery().build().replace('<div id="availability">', other + '<div id="availability">')
    assert (offer_of(beside).price, offer_of(beside).list_price) == (Decimal("42.95"), None)
    alone = html(ES, f'{other}<div id="availability">En stock</div>{BUTTON}', title="Aceite")
    assert offer_of(alone).price is None


def test_without_a_price_there_is_no_list_price() -> None:
    page = without_offer(ES, "Ver todas las opciones de compra").replace("</body>", swatch(ES, "89.99", "99.99"))
    assert offer_of(page).list_price is None


def test_a_price_per_kilo_is_not_a_list_price() -> None:
    small = f'(<span class="a-price a-text-price"><span class="a-offscreen">{shown(DE, "57.14")}</span></span> / kg)'
    page = (
        Grocery(shop=DE, price="8.00", unit_price=None)
        .build()
        .replace("</span></div><div", f"</span>{small}</div><div", 1)
    )
    assert shown(DE, "57.14") in page
    assert (offer_of(page).list_price, offer_of(page).doubts) == (None, {})


def test_the_struck_out_price_beside_the_price_is_the_list_price() -> None:
    assert offer_of(Grocery(list_price="49.99").build()).list_price == Decimal("49.99")


@pytest.mark.parametrize(
    ("listed", "doubt"),
    [("8.59", None), ("42.95", None), ("900.00", "more than 20 times"), ("43.00", None)],
)
def test_only_a_credible_one_above_the_price_counts(listed: str, doubt: str | None) -> None:
    offer = offer_of(Grocery(list_price=listed).build())
    assert offer.list_price == (Decimal("43.00") if listed == "43.00" else None)
    assert (doubt in offer.doubts["list_price"]) if doubt else "list_price" not in offer.doubts


def test_a_struck_out_price_per_unit_is_doubted() -> None:
    offer = offer_of(Grocery(price="5.95", unit_price="11.90", list_price="11.90").build())
    assert (offer.list_price, offer.doubts) == (None, {"list_price": "11.90 is the price per unit"})


def test_two_of_them_are_a_doubt() -> None:
    page = (
        Grocery(list_price="49.99")
        .build()
        .replace('<div id="availability">', struck(ES, "59.99") + '<div id="availability">')
    )
    inside = page.replace("</div>" + struck(ES, "59.99"), struck(ES, "59.99") + "</div>")
    offer = offer_of(inside)
    assert offer.list_price is None
    assert offer.doubts["list_price"] == "several struck-out prices: 49.99, 59.99"


@pytest.mark.parametrize(("digital", "listed"), [("", None), ("$12.00", Decimal("12.00"))])
def test_the_printed_books_list_price_is_not_the_kindle_editions(digital: str, listed: Decimal | None) -> None:
    rows = '<tr id="print-list-price"><td>Print List Price:</td><td class="a-text-strike">$16.00</td></tr>'
    rows += f'<tr id="digital-list-price"><td>Digital List Price:</td><td class="a-text-strike">{digital}</td></tr>'
    rows += '<tr class="kindle-price"><td>Kindle Price:</td><td class="a-color-price">$9.99</td></tr>'
    offer = offer_of(html(US, f"<table>{rows}</table>{BUTTON}", title="Olive oil, the book"))
    assert (offer.price, offer.list_price, offer.doubts) == (Decimal("9.99"), listed, {})
