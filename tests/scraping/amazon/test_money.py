"""Money in every spelling Amazon uses, and no money where the digits are unsure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.amazon.money import Habit, Money, find_money, parse_number

COMMA, POINT = Habit(",", "EUR"), Habit(".", "USD")


def one_amount(text: str, habit: Habit) -> Money | None:
    amounts = find_money(text, habit)
    return amounts[0].money if len(amounts) == 1 else None


@pytest.mark.parametrize(
    ("text", "habit", "amount", "currency"),
    [
        ("1.299,00 €", COMMA, "1299.00", "EUR"),
        ("1\u00a0299,00\u00a0€", COMMA, "1299.00", "EUR"),
        ("1\u202f299,00\u202f€", COMMA, "1299.00", "EUR"),
        ("EUR 10,99", COMMA, "10.99", "EUR"),
        ("EUR 1.210,99", COMMA, "1210.99", "EUR"),
        ("£ 34 99", Habit(".", "GBP"), "34.99", "GBP"),
        ("CDN$ 7.48", Habit(".", "CAD"), "7.48", "CAD"),
        ("$7.48", Habit(".", "CAD"), "7.48", "CAD"),
        ("$7.48", POINT, "7.48", "USD"),
        ("US$1,299.50", COMMA, "1299.50", "USD"),
        ("MX$1,200.00", Habit(".", "MXN"), "1200.00", "MXN"),
        ("R$ 1.299,90", Habit(",", "BRL"), "1299.90", "BRL"),
        ("￥3,980", Habit(".", "JPY"), "3980", "JPY"),
        ("￥38.00", Habit(".", "CNY"), "38.00", "CNY"),
        ("₹1,29,999.00", Habit(".", "INR"), "129999.00", "INR"),
        ("1 299,00 kr", Habit(",", "SEK"), "1299.00", "SEK"),
        ("49,90 zł", Habit(",", "PLN"), "49.90", "PLN"),
        ("1.234,56 TL", Habit(",", "TRY"), "1234.56", "TRY"),
        ("€1,299.00", Habit(".", "EUR"), "1299.00", "EUR"),
        ("63 , 42 €", COMMA, "63.42", "EUR"),
        ("5,995 €", COMMA, "5.995", "EUR"),
        ("1.299 €", COMMA, "1299", "EUR"),
        ("\u200e€9.99\u200f", Habit(".", "EUR"), "9.99", "EUR"),
    ],
)
def test_spellings(text: str, habit: Habit, amount: str, currency: str) -> None:
    assert one_amount(text, habit) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "text", ["", "42,95", ",89 €", "€", "1.2.3,4 €", "1,29.99 €", "HDR 12", "13,89 € - 19,89 €", "$12.991 234"]
)
def test_unsure_is_none(text: str) -> None:
    assert one_amount(text, COMMA) is None


def test_every_amount_of_a_text_with_its_place() -> None:
    result = find_money("63,42 € con un ahorro del 21 %, antes 79,99 €", COMMA)
    assert [one.money.amount for one in result] == [Decimal("63.42"), Decimal("79.99")]
    assert result[0].end < result[1].start


@given(
    st.decimals("0.01", "999999.99", places=2), st.sampled_from([(",", "."), (".", ","), (",", " "), (",", "\u202f")])
)
def test_written_and_read_again(amount: Decimal, marks: tuple[str, str]) -> None:
    mark, group = marks
    whole, cents = f"{amount:.2f}".split(".")
    text = f"{int(whole):,}".replace(",", group) + mark + cents + " €"
    assert one_amount(text, Habit(mark, "EUR")) == Money(amount, "EUR")


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for one in find_money(text + " €", COMMA):
        assert one.money.amount >= 0


@given(st.text(alphabet="0123456789., '", max_size=20))
def test_a_number_never_has_more_digits_than_its_text(digits: str) -> None:
    number = parse_number(digits, decimal=",")
    if number is not None:
        assert number == Decimal("".join(c for c in digits if c.isdigit())).scaleb(
            min(0, int(number.as_tuple().exponent))
        )
