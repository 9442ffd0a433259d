"""What the Commission's portal says, read by hand-written answers in its documented shape."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from forecasting.market.eu_olive_oil import OriginPrice, read_eu_prices
from scraping.errors import BadFile
from tests.forecasting.market.answers import answer, row


def test_it_works() -> None:
    assert read_eu_prices(answer(row())) == [
        OriginPrice("ES", "Extra virgin olive oil (up to 0.8%)", "Jaén (ES616)", date(2026, 9, 20), Decimal("4.1250"))
    ]


@pytest.mark.parametrize(
    ("price", "per_kilogram"),
    [
        ("€412.50", "4.125"),
        ("€1,012.00", "10.12"),
        ("1,050", "10.5"),
        ("412,5", "4.125"),
        ("€ 9", ".09"),
        (388.2, "3.882"),
    ],
)
def test_prices_as_they_are_written(price: Any, per_kilogram: str) -> None:
    assert read_eu_prices(answer(row(price=price)))[0].price == Decimal(per_kilogram)


def test_other_markets_other_oils_and_weeks_without_a_price_are_left_out() -> None:
    others = [
        row(market="Alentejo Norte"),
        row(product="Crude olive-pomace oil (from 5 to 10%)"),
        row(price=None),
        row(price=""),
    ]
    usable = [row(market="Average national price"), row(product="Lampante olive oil (2%)", unit="100KG")]
    assert len(read_eu_prices(answer(*others, *usable))) == 2
    assert read_eu_prices(answer()) == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<html>maintenance</html>", "no JSON"),
        (b'{"error": "x"}', "no list"),
        (answer(row(), row(price="n.a.")), "Row 2 .*not a number"),
        (answer(row(price="€-4.00")), "not above zero"),
        (answer(row(price="€0.00")), "not above zero"),
        (answer(row(price="4.1.2")), "not a number"),
        (answer(row(endDate="2026-09-20")), "Row 1"),
        (answer(row(unit="€/tonne")), "not per 100 kg"),
        (answer({"product": "x"}), "market"),
        (answer("x"), "Row 1"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(body: bytes, text: str) -> None:
    with pytest.raises(BadFile, match=text):
        read_eu_prices(body)
