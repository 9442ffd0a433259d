"""Barcode numbers in the rows of the detail tables: labels in seven languages, check digits, one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.amazon.gtin import read_gtin

EAN = "8410010812340"  # made up, with the right check digit


@pytest.mark.parametrize(
    "label",
    [
        "EAN",
        "EAN-13",
        "GTIN",
        "UPC",
        "Código de barras",
        "Código EAN",
        "Número de identificación de comercio global",
        "Global Trade Identification Number",
        "Global Trade Item Number",
        "Barcode",
        "Bar code",
        "Codice EAN",
        "Codice a barre",
        "Numero di identificazione commerciale globale",
        "Code-barres",
        "Code EAN",
        "Numéro d'identification commercial mondial",
        "Strichcode",
        "Globale Handelsidentnummer",
        "Internationale Artikelnummer",
        "Streepjescode",
        "Wereldwijd handelsidentificatienummer",
        "Código de barras EAN",
        "Número de identificação do comércio global",
        "\u200eEAN \u200f",
    ],
)
def test_labels_in_seven_languages(label: str) -> None:
    assert read_gtin({"Marca": "Carbonell", label: EAN}) == EAN


@pytest.mark.parametrize(
    "label",
    [
        "ISBN-13",
        "ISBN-13 (EAN)",
        "ASIN",
        "Modelo",
        "Número de modelo del producto",
        "Peso",
        "Número de producto",
        "Oceanía",
        "Referencia del fabricante",
        "Artikelnummer",
    ],
)
def test_other_numbers_are_no_barcode(label: str) -> None:
    assert read_gtin({label: EAN}) is None


@pytest.mark.parametrize(
    ("value", "gtin"),
    [
        ("8410010812340", "8410010812340"),
        ("\u200e8410010812340", "8410010812340"),
        # com and in pages of the second batch
        ("810045689661", "0810045689661"),
        ("06925281915420", "6925281915420"),
        ("050036331104 605963521212 713972250563 740812339041", "0050036331104"),
        ("18410010812347", "18410010812347"),
        ("96385074", "0000096385074"),
        ("8410010812341, 8410010812340", "8410010812340"),
        ("8 410010 812340", "8410010812340"),
        ("8410010812341", None),
        ("8401010812340", None),
        ("0000000000000", None),
        ("2012345678903", None),
        ("20123451", None),
        ("84100109", None),
        ("841001081234", None),
        ("B08410010812340", None),
        ("No aplica", None),
        ("", None),
    ],
)
def test_numbers_need_their_check_digit_and_get_one_form(value: str, gtin: str | None) -> None:
    assert read_gtin({"EAN": value}) == gtin


def test_the_global_number_is_read_before_a_list_of_packagings() -> None:
    rows = {"UPC": "050036331104 605963521212", "Global Trade Identification Number": "06925281915420"}
    assert read_gtin(rows) == "6925281915420"


def test_a_mistyped_row_leaves_the_next_one() -> None:
    assert read_gtin({"EAN": "8410010812341", "UPC": "810045689661"}) == "0810045689661"


def test_no_rows() -> None:
    assert read_gtin({}) is None


@given(st.integers(10**11, 10**12 - 1).filter(lambda number: str(number)[0] != "2"))
def test_one_of_ten_last_digits_is_right(stem: int) -> None:
    assert sum(read_gtin({"EAN": f"{stem}{digit}"}) is not None for digit in range(10)) == 1


@given(st.dictionaries(st.sampled_from(["EAN", "UPC", "GTIN", "ISBN-13", "Peso"]), st.text(max_size=60)))
def test_any_row_is_read_without_an_exception(rows: dict[str, str]) -> None:
    gtin = read_gtin(rows)
    assert gtin is None or (gtin.isascii() and gtin.isdecimal() and len(gtin) in {13, 14})
