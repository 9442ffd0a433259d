"""The barcode number of a product, from the label/value rows of its detail tables. Pure."""

import re
import unicodedata
from collections.abc import Mapping

# "Global Trade Identification Number: 06925281915420" stands on amazon.in beside "UPC: 050036331104 605963521212", a
# list of several: the global number is looked at first.
_WORLD = r"\b(?:globale?s?|mundial|mondiale?|wereldwijde?|inter(?:nationale?|nacional|nazionale|nationaal))\b"
_TRADE = r"\b(?:trade|item|comm?erc\w*|handels\w*|artik\w*|artic\w*)\b"
_GLOBAL_LABEL = re.compile(rf"\bgtin\b|\bgtin-?(?:8|12|13|14)\b|{_WORLD}.*{_TRADE}|{_TRADE}.*{_WORLD}")
_BARCODE_LABEL = re.compile(
    r"\b(?:ean|upc|jan)\b|\bean-?(?:8|13|14)\b|\bbar ?codes?\b|\bcod\w* (?:de|a|di) barr\w*|\bcodes?[ -]barres?\b"
    r"|\bstrichcode\w*|\bstreepjescode\w*|\beuropean article number\b|\buniversal product code\b"
)
# A book's number, and what a seller or a maker calls the product.
_OTHER_LABEL = re.compile(r"\bisbn|\bissn|\basin\b|\bmodel|\bmpn\b|\bsku\b")
_LENGTHS, _SHORT = frozenset({8, 12, 13, 14}), 8
# Numbers a shop gives itself, for what it weighs or packs: https://www.gs1.org/standards/id-keys/company-prefix
_IN_STORE, _SHORT_IN_STORE = ("02", "04", "2"), ("0", "2")


def read_gtin(rows: Mapping[str, str]) -> str | None:
    """Return the first barcode number with a valid check digit, as 13 digits (14 for a case); None without one.

    `rows` are the labels and values of the detail tables, in es, it, fr, de, en, nl or pt; a value may hold several
    numbers ("050036331104 605963521212"). GTIN, EAN, UPC and "código de barras" are one system: a UPC of 12 digits is
    an EAN with a zero in front, and so is a GTIN-14 that begins with a zero without it, so one product has one form
    in all shops. A wrong check digit is a number somebody mistyped: it names no product, or another one.
    """
    labels = {label: _plain(label) for label in rows}
    for pattern in (_GLOBAL_LABEL, _BARCODE_LABEL):
        for label, plain in labels.items():
            if pattern.search(plain) and not _OTHER_LABEL.search(plain):
                gtin = next(filter(None, map(_normalised, _numbers(rows[label]))), None)
                if gtin is not None:
                    return gtin
    return None


def _has_valid_check_digit(digits: str) -> bool:
    """Tell whether the last digit follows from the others: weights 3 and 1 in turn, from the right.

    Source: https://www.gs1.org/services/how-calculate-check-digit-manually
    """
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(digits)))
    return total % 10 == 0


def _numbers(value: str) -> list[str]:
    """Return the numbers of a value, and last the one that spaces or hyphens may have cut: "8 410010 000000"."""
    alone = re.findall(r"(?<!\w)[0-9]+(?!\w)", value)
    whole = "".join(alone) if re.fullmatch(r"[\s0-9-]+", value) else ""
    return [*alone, whole]


def _normalised(digits: str) -> str | None:
    """Return a number as 13 digits, or 14 where it is a case of several; None where it is no number of an article."""
    if len(digits) not in _LENGTHS or not _has_valid_check_digit(digits):
        return None
    if len(digits) == _SHORT:
        return None if digits.startswith(_SHORT_IN_STORE) else digits.zfill(13)
    gtin = digits.lstrip("0").zfill(13)
    is_in_store = len(gtin) == 13 and gtin.startswith(_IN_STORE)
    return None if is_in_store or not digits.strip("0") else gtin


def _plain(label: str) -> str:
    """Return a label without case, accents and invisible signs."""
    folded = unicodedata.normalize("NFD", label.casefold())
    return " ".join("".join(sign for sign in folded if sign.isascii()).split())
