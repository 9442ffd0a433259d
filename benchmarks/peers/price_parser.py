"""price-parser's way with a text, on the selectors scrapers commonly give it: scrapinghub/price-parser 0.5.

The library (`price_parser/parser.py`) reads texts, never pages, and is no dependency here: `Price.fromstring` without
hints is re-expressed. The selectors are those of tutorials, today's first.
"""

import re
from decimal import Decimal

from benchmarks.peers.rule import Page

_PRICE = (
    ".priceToPay",
    "#priceblock_dealprice",
    "#priceblock_saleprice",
    "#priceblock_ourprice",
    ".a-price .a-offscreen",
)
_LIST_PRICE = (".basisPrice .a-offscreen", ".a-text-price .a-offscreen", ".a-text-strike")
# "35€99", "35€ 99": the sign takes the mark's place where digits follow.
_EURO_AS_MARK = re.compile(r"\d[\d .,']*€(?:\d+| +\d\d)(?!\d)")
_NUMBER = re.compile(r"\.?\d[\d .,']*(?![%\d])")
_DECIMAL_MARK = re.compile(r"([.,€])(?:\d{1,2}|\d{4,})$")


def price(page: Page) -> Decimal | None:
    """price-parser `parser.py` on the first common price selector that has a text."""
    return _first(page, _PRICE)


def list_price(page: Page) -> Decimal | None:
    """price-parser `parser.py` on the first common selector of struck prices that has a text."""
    return _first(page, _LIST_PRICE)


def _first(page: Page, selectors: tuple[str, ...]) -> Decimal | None:
    """Read the first text that is not blank."""
    for selector in selectors:
        tag = page.soup.select_one(selector)
        if tag and tag.get_text().strip():
            return from_string(tag.get_text())
    return None


def from_string(text: str) -> Decimal | None:
    """price-parser `parser.py`, `Price.fromstring`: the first number that is no percentage; "£ 34 99" is 3499."""
    number = _number_text(re.sub(r"\s+", " ", text)).replace(" ", "")
    if not re.search(r"\d", number):
        return None
    mark = _DECIMAL_MARK.search(number)
    whole, fraction = (number[: mark.start()], number[mark.end(1) :]) if mark else (number, "")
    return Decimal(f"{re.sub(r'[.,€]', '', whole) or 0}.{fraction or 0}")


def _number_text(text: str) -> str:
    """Cut the number out of its text; a single euro sign may stand for the decimal mark."""
    if text.count("€") == 1 and (match := _EURO_AS_MARK.search(text)):
        return match[0]
    if match := _NUMBER.search(text):
        number = match[0].rstrip(",. ").replace("'", "")
        return number if number.count(".") == 1 else number.lstrip(".")
    return "0" if "free" in text.lower() else ""
