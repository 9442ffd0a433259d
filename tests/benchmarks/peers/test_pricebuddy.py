"""PriceBuddy's store rules: seeded for two marketplaces, automatic elsewhere."""

from decimal import Decimal

import pytest

from benchmarks.peers.pricebuddy import price
from tests.benchmarks.peers.small_pages import offscreen, page


def test_the_seeded_american_store_reads_the_price_to_pay() -> None:
    html = offscreen("$9.00") + offscreen("$3,429.99", "apex-pricetopay-value")
    assert price(page(html, "com")) == Decimal("3429.99")


def test_the_seeded_american_store_misses_another_layout() -> None:
    assert price(page('<i id="priceblock_ourprice">$8.99</i>', "com")) is None


def test_the_seeded_indian_store_takes_the_first_price_of_the_page() -> None:
    html = offscreen("₹70,800.00", "advertised") + offscreen("₹43,900.00")
    assert price(page(html, "in")) == Decimal("70800.00")


def test_automatic_strategies_are_tried_in_order() -> None:
    metadata = '<meta property="og:price:amount" content="8.00">'
    assert price(page(metadata + offscreen("9,00 €"))) == Decimal("8.00")
    assert price(page(offscreen(" ") + '<b class="price">7,50 €</b>')) == Decimal("7.50")
    assert price(page('<script>{"price": "6.40"}</script>')) == Decimal("6.40")
    assert price(page("<p>nothing</p>")) is None


def test_a_struck_price_is_taken_where_its_class_comes_first() -> None:
    html = '<i class="priceBlockStrikePriceString">239,00 €</i><i class="priceBlockBuyingPriceString">225,00 €</i>'
    assert price(page(html)) == Decimal("239.00")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.299", "1299"),
        ("319.00", "319.00"),
        ("0,125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1,234.56", "1234.56"),
        ("12", "12"),
    ],
)
def test_amounts_of_a_store_that_writes_commas(text: str, amount: str) -> None:
    assert price(page(f'<b class="price">{text} €</b>', "fr")) == Decimal(amount)
