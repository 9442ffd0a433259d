"""Thousands of broken pages: no exception, no price from a block page, no price nobody wrote; and time is bounded."""

import random
from decimal import Decimal

import pytest

from benchmarks.hostile_pages import HOSTILE
from scraping.amazon.page_record import page_record
from tests.long_form import rounds
from tests.scraping.amazon.made_other_pages import BLOCKS, DOGS, ES_503, home, search_page, tile
from tests.scraping.amazon.made_pages import ES, SHOPS, UK, Grocery, metrics, old_page, price_row, without_offer

PRODUCTS = [
    Grocery(shop=shop, price="42.95", list_price="49.99", subscribe="38.66", used="30.00", coupon="cupón 10 %").build()
    for shop in SHOPS.values()
]
PAGES = [
    *PRODUCTS,
    old_page(UK, price_row("ourprice", "£ 34 99") + price_row("dealprice", "£29.99")) + metrics("34.99", "GBP"),
    without_offer(ES, '<div id="unqualifiedBuyBox">Ver todas las opciones de compra</div>'),
    search_page(ES, tile(ES, "B0OLIVA001", "Aceite", "9.99") + tile(ES, "B0OLIVA002", "Oliva", None, sponsored=True)),
    home()[:4000],
]
SHUT = [*BLOCKS.values(), DOGS, ES_503]
ROUNDS = rounds(2_000, 10_000)


def _mutated(chance: random.Random, page: bytes, other: bytes) -> bytes:
    """Break a page in one of six ways."""
    data = bytearray(page)
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 400))
    match chance.randrange(6):
        case 0:
            for _ in range(chance.randrange(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 1:
            del data[start:end]
        case 2:
            data[start:start] = data[start:end]
        case 3:
            data[start:end] = bytes(reversed(data[start:end]))
        case 4:
            data = data[:start]
        case _:
            cut = chance.randrange(len(other))
            data[start:start] = other[cut : cut + chance.randrange(1, 2000)]
    return bytes(data)


def test_broken_pages_never_raise_and_block_pages_never_have_a_price() -> None:
    chance = random.Random(20261123)
    whole = [page.encode() for page in PAGES]
    shut = [page.encode() for page in SHUT]
    prices = 0
    for number in range(ROUNDS):
        page = shut[number % len(shut)] if number % 4 == 0 else whole[number % len(whole)]
        other = chance.choice(whole if number % 8 else shut)
        blocked_first = number % 4 == 0 and other in shut
        record = page_record("fuzz", _mutated(chance, page, other))
        assert record["kind"] in {"product", "search", "blocked", "error", "other"}
        if record["kind"] in {"blocked", "error", "other"} or blocked_first:
            assert record["price"] is None, record
        if record["price"] is not None:
            assert Decimal(str(record["price"])) > 0
            prices += 1
    assert prices > ROUNDS // 10, "the mutations must leave pages to read"


def test_a_challenge_spliced_into_a_product_page_leaves_no_price() -> None:
    chance = random.Random(7)
    for number in range(400):
        product = PRODUCTS[number % len(PRODUCTS)]
        block = list(BLOCKS.values())[number % 4]
        at = chance.randrange(len(product))
        record = page_record("splice", (product[:at] + block + product[at:]).encode())
        assert (record["kind"], record["price"]) == ("blocked", None)


@pytest.mark.parametrize("share", [0.1, 1.0])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_and_have_no_price(name: str, share: float) -> None:
    """Anything that grows faster than these pages would not end here; what each costs is measured in benchmarks/."""
    record = page_record("hostile", HOSTILE[name](share))
    assert record["price"] is None
