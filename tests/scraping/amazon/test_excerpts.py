"""The words around an amount, whichever way it is written."""

from decimal import Decimal

import pytest

from scraping.amazon.excerpts import MOST, excerpts, marked


@pytest.mark.parametrize(
    ("text", "amount", "expected"),
    [
        ("42,95 €", "42.95", ["42,95"]),
        ("£42.95", "42.95", ["42.95"]),
        ("42 , 95 € and 42.95", "42.95", ["42 , 95", "42.95"]),
        ("1.234,50 € 1,234.50 1234.50 1 234,50", "1234.50", ["1.234,50", "1,234.50", "1234.50", "1 234,50"]),
        ("142,95 42,955 42,95.1 42,9", "42.95", []),
        ("30 € or 30,00 €, not 300 or 30,50", "30.00", ["30", "30,00"]),
        ("8,59&nbsp;&euro; por l", "8.59", ["8,59"]),
        ("", "8.59", []),
    ],
)
def test_the_amount_is_marked_as_it_is_written(text: str, amount: str, expected: list[str]) -> None:
    pieces = marked(text, Decimal(amount))
    assert [words for words, is_amount in pieces if is_amount] == expected


def test_no_word_is_lost() -> None:
    text = "Precio: 42,95 € (8,59 € / l), antes 49,95 €"
    assert "".join(words for words, _ in marked(text, Decimal("42.95"))) == text


def test_a_page_gives_a_few_texts_without_its_scripts() -> None:
    page = "<html><body><script>var a = '42,95'</script>" + f"<p>{'palabra ' * 40}42,95 €</p>" * 9 + "</body></html>"
    texts = excerpts(page.encode(), Decimal("42.95"))
    assert len(texts) == MOST
    assert all(any(is_amount for _, is_amount in pieces) for pieces in texts)
    assert "var" not in str(texts)
    assert texts[0][0][0].startswith("… ")


def test_two_places_side_by_side_are_one_text() -> None:
    texts = excerpts(b"<html><body><p>42,95 EUR 42,95 EUR</p></body></html>", Decimal("42.95"))
    assert len(texts) == 1
    assert [text for text, is_amount in texts[0] if is_amount] == ["42,95", "42,95"]


def test_what_is_no_page_has_none() -> None:
    assert excerpts(b"", Decimal("42.95")) == []
    assert excerpts(b"<html><body><p>nothing</p></body></html>", Decimal("42.95")) == []
