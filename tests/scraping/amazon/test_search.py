"""Search pages: tiles in order, paid ones marked, prices only where the tile has one."""

from decimal import Decimal

import pytest

from scraping.amazon.search import read_search
from scraping.offer import PageKind
from tests.scraping.amazon.made_other_pages import BLOCKS, search_page, tile
from tests.scraping.amazon.made_pages import ES, US, Grocery, price_span, struck, unit_span


def test_it_works() -> None:
    tiles = (
        tile(ES, "B0OLIVA001", "Anuncio 1 L", "7.99", sponsored=True)
        + tile(ES, "B0OLIVA002", "Aceite 5 L", "42.95", extra=struck(ES, "49.99"))
        + tile(ES, "B0OLIVA003", "Agotado", None)
    )
    reading = read_search(search_page(ES, tiles))
    assert reading.kind is PageKind.SEARCH
    assert [(one.asin, one.position, one.sponsored) for one in reading.tiles] == [
        ("B0OLIVA001", 1, True),
        ("B0OLIVA002", 2, False),
        ("B0OLIVA003", 3, False),
    ]
    first = reading.first_organic
    assert first is not None
    assert (first.title, first.price, first.currency, first.list_price) == (
        "Aceite 5 L",
        Decimal("42.95"),
        "EUR",
        Decimal("49.99"),
    )
    assert reading.tiles[2].price is None
    assert reading.next_url == "https://www.amazon.es/s?k=aceite&page=2"
    assert (reading.location, reading.marketplace) == ("Madrid 28008", "es")


def test_price_per_litre_of_a_tile() -> None:
    block = f'<div data-cy="price-recipe">{price_span(ES, "42.95", read_aloud=True)} {unit_span(ES, "8.59", "l")}</div>'
    tiles = read_search(search_page(ES, tile(ES, "B0OLIVA001", "Aceite 5 L", None, extra=block))).tiles
    assert tiles[0].price == Decimal("42.95")
    assert tiles[0].unit_price is not None
    assert (tiles[0].unit_price.amount, tiles[0].unit_price.unit) == (Decimal("8.59"), "l")


def test_prices_that_are_not_the_tiles() -> None:
    others = f'<div data-cy="secondary-offer-recipe">Más opciones {price_span(ES, "39.00", read_aloud=True)}</div>'
    ends = [price_span(ES, price, read_aloud=True) for price in ("5.00", "9.00")]
    page = search_page(
        ES,
        tile(ES, "B0OLIVA001", "Otros vendedores", None, extra=others)
        + tile(ES, "B0OLIVA002", "De 5 a 9", None, extra=f"<a>{ends[0]} - {ends[1]}</a>")
        + tile(ES, "B0OLIVA003", "Incluido con la suscripción", "0.00"),
    )
    assert [one.price for one in read_search(page).tiles] == [None, None, None]


def test_a_free_trial_does_not_hide_the_price_of_the_tile() -> None:
    audiobook = "<div><a>{}</a></div><div><a>{}</a></div>".format(
        *(price_span(ES, price, read_aloud=True) for price in ("0.00", "14.49"))
    )
    page = search_page(ES, tile(ES, "B0OLIVA001", "Aceite, el libro", None, extra=audiobook))
    assert read_search(page).tiles[0].price == Decimal("14.49")


def test_fashion_tiles_head_the_title_with_the_brand() -> None:
    page = search_page(ES, tile(ES, "B0OLIVA001", "Título", "9.99").replace("<h2 ", "<h2>Marca</h2><h2 "))
    assert read_search(page).tiles[0].title == "Título"


def test_the_layout_of_2018() -> None:
    tiles = (
        '<ul id="s-results-list-atf"><li id="result_0" data-asin="B0OLIVA001" class="s-result-item celwidget">'
        '<h2 class="s-access-title">Aceite 1 L</h2>'
        '<span class="a-size-base a-color-price s-price">EUR 7,99</span></li></ul>'
    )
    reading = read_search(search_page(ES, tiles, next_href=None))
    assert [(one.title, one.price) for one in reading.tiles] == [("Aceite 1 L", Decimal("7.99"))]
    assert reading.next_url is None


_RAISED = (
    '<span class="a-offscreen">${0}.{1}</span><span class="{2}"><sup class="sx-price-currency">$</sup>'
    '<span class="sx-price-whole">{0}</span><sup class="sx-price-fractional">{1}</sup></span>'
)
_RED = '<span class="a-size-base a-color-price{1} a-text-bold">{0}</span>'


@pytest.mark.parametrize(
    ("prices", "price"),
    [
        (_RED.format("$349.99", " s-price") + _RED.format("$300.00", "") + "new (12 offers)", "349.99"),
        (_RED.format("$0.00", " s-price") + _RED.format("$9.99", " s-price"), "9.99"),
        (_RED.format("$0.00", " s-price"), None),
        (_RED.format("$12.99 - $19.99", " s-price"), None),
        (_RED.format("$300.00", ""), "300.00"),
        (_RED.format("$300.00", "") + _RED.format("$250.00", ""), None),
        (_RAISED.format("1,349", "99", "sx-price sx-price-large"), "1349.99"),
        (_RAISED.format("349", "99", "a-color-base sx-zero-spacing"), "349.99"),
        (
            _RAISED.format("12", "99", "sx-price")
            + '<span class="sx-dash-formatting">-</span>'
            + _RAISED.format("19", "99", "sx-price"),
            None,
        ),
    ],
)
def test_prices_of_tiles_of_2016_to_2018(prices: str, price: str | None) -> None:
    tiles = (
        '<ul id="s-results-list-atf"><li id="result_0" data-asin="B0OLIVA001" class="s-result-item celwidget">'
        f'<h2 class="s-access-title">Olive oil</h2>{prices}</li></ul>'
    )
    assert read_search(search_page(US, tiles)).tiles[0].price == (None if price is None else Decimal(price))


def test_other_pages_have_no_tiles() -> None:
    assert read_search(Grocery().build()).kind is PageKind.PRODUCT
    for block in BLOCKS.values():
        reading = read_search(block)
        assert (reading.kind, reading.tiles) == (PageKind.BLOCKED, ())
