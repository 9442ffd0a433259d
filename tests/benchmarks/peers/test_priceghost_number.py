"""PriceGhost's way with amounts."""

from decimal import Decimal

import pytest

from benchmarks.peers.priceghost_number import parse_price


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("225,00 €", "225.00"),
        ("1.299,00 €", "1299.00"),
        ("₹1,239", "1239"),
        ("R$303,05", "303.05"),
        ("CHF 29.90", "29.90"),
        ("29.99 USD", "29.99"),
        ("EUR 10,99", "10.99"),
        ("£ 34 99", "34"),  # wrong: 34.99
        ("R$ 1.299,00", "1.30"),  # wrong: 1299.00
    ],
)
def test_amounts(text: str, amount: str) -> None:
    assert parse_price(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "free", ",", "$0.00"])
def test_no_amount(text: str) -> None:
    assert parse_price(text) is None
