"""What kind of page it is: blocks, errors, home pages, pages that are gone; by content, never by status."""

import pytest

from scraping.amazon.block import HOME, NOT_FOUND
from scraping.amazon.page import read_page
from scraping.offer import PageKind
from tests.scraping.amazon.made_other_pages import BLOCKS, DOGS, ES_503, GONE, home, search_page, tile
from tests.scraping.amazon.made_pages import ES, SHOPS, Grocery, Shop


@pytest.mark.parametrize("page", BLOCKS.values(), ids=BLOCKS)
def test_every_challenge_is_blocked(page: str) -> None:
    reading = read_page(page)
    assert (reading.kind, reading.offer) == (PageKind.BLOCKED, None)


@pytest.mark.parametrize("page", [DOGS, ES_503], ids=["dogs", "es_503"])
def test_server_errors_are_errors_though_they_name_the_api(page: str) -> None:
    assert read_page(page).kind is PageKind.ERROR


@pytest.mark.parametrize("shop", SHOPS.values(), ids=SHOPS)
def test_home_page_in_place_of_a_product_has_no_price(shop: Shop) -> None:
    reading = read_page(home(shop))
    assert (reading.kind, reading.reason, reading.offer) == (PageKind.OTHER, HOME, None)


def test_a_page_that_is_gone() -> None:
    assert (read_page(GONE).kind, read_page(GONE).reason) == (PageKind.OTHER, NOT_FOUND)


def test_a_page_that_is_gone_shows_the_dog_of_a_server_error() -> None:
    dog = '<img src="x/common/kailey-kitty._TTD_.gif">'
    assert read_page(GONE.replace("</body>", f"{dog}</body>")).reason == NOT_FOUND


def test_a_small_page_of_a_product_named_404_is_not_gone() -> None:
    page = Grocery(title="Serie 404 Aceite 1 L").build()
    page = page.replace("</head>", "<title>Serie 404 Aceite 1 L : Amazon.es</title></head>")
    assert read_page(page).kind is PageKind.PRODUCT


@pytest.mark.parametrize("page", [b"", b"   \n", b"\x00\xff\xfe", "plain words", "<html><title>Shop</title></html>"])
def test_anything_else_is_other(page: bytes | str) -> None:
    assert read_page(page).kind is PageKind.OTHER


@pytest.mark.parametrize("word", ["robot", "_TTD_", "captcha", "503", "api-services-support@amazon.es"])
def test_words_that_real_pages_contain_block_nothing(word: str) -> None:
    page = Grocery().build().replace("</body>", f"<p>{word}</p></body>")
    assert read_page(page).kind is PageKind.PRODUCT


def test_a_search_page_is_not_a_product() -> None:
    reading = read_page(search_page(ES, tile(ES, "B0OLIVA001", "Aceite 1 L", "9.99")))
    assert (reading.kind, reading.offer) == (PageKind.SEARCH, None)


@pytest.mark.parametrize("name", ["captcha", "continue", "waf", "sign_in"])
def test_a_block_wins_over_a_product_pasted_behind_it(name: str) -> None:
    block = BLOCKS[name]
    assert read_page(block + Grocery().build()).kind is PageKind.BLOCKED
