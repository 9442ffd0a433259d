"""price-parser on common selectors; the texts were compared with version 0.5.1 of the library."""

from decimal import Decimal

import pytest

from benchmarks.peers.price_parser import from_string, list_price, price
from tests.benchmarks.peers.small_pages import offscreen, page, split


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("63,42€", "63.42"),
        ("63 , 42 €", "63.42"),
        ("$15.99$15.99", "15.99"),
        ("35€ 99", "35.99"),
        ("35€ 999", "35"),
        ("1'299.00", "1299.00"),
        ("₹1,239", "1239"),
        ("$.75", "0.75"),
        ("12.3456", "12.3456"),
        ("free", "0"),
        ("£ 34 99", "3499"),  # wrong: 34.99
        ("5,995 €/l", "5995"),  # wrong: 5.995
    ],
)
def test_texts(text: str, amount: str) -> None:
    assert from_string(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "Foo", "50% OFF"])
def test_texts_without_a_price(text: str) -> None:
    assert from_string(text) is None


def test_the_price_to_pay_comes_before_any_other_price() -> None:
    assert price(page(offscreen("9,00 €") + split("63", "42"))) == Decimal("63.42")


def test_any_price_of_the_page_is_better_than_none_for_these_selectors() -> None:
    assert price(page(offscreen("20,36 €", "bought-together"))) == Decimal("20.36")
    assert price(page("<p>nothing</p>")) is None


def test_the_list_price_is_read() -> None:
    html = offscreen("31,71 €", "a-text-price") + f'<i class="basisPrice">{offscreen("79,99 €")}</i>'
    assert list_price(page(html)) == Decimal("79.99")


def test_a_unit_price_is_taken_for_a_list_price() -> None:
    assert list_price(page(split("8", "00") + offscreen("57,14 €", "a-text-price") + " / kg")) == Decimal("57.14")
