"""How PriceGhost reads an amount: clucraft/PriceGhost `backend/src/utils/priceParser.ts`."""

import re
from decimal import Decimal

_DIGITS = r"([\d,]+\.?\d*)"
_CODES = "USD|EUR|GBP|CAD|AUD|JPY|INR|CHF"
# A sign in front; a franc in front; a code behind; a grouped number; the plainest number.
_PATTERNS = (
    re.compile(rf"[$€£¥₹]\s*{_DIGITS}"),
    re.compile(rf"(?i:CHF|Fr\.)\s*{_DIGITS}"),
    re.compile(rf"{_DIGITS}\s*(?i:{_CODES})"),
    re.compile(r"(\d{1,3}(?:[,.\s]?\d{3})*(?:[.,]\d\d)?)"),
    re.compile(_DIGITS),
)


def parse_price(text: str) -> Decimal | None:
    """Read the first amount above zero, sign in front before all others: "£ 34 99" is 34."""
    plain = re.sub(r"\s+", " ", text.strip())
    for pattern in _PATTERNS:
        match = pattern.search(plain)
        amount = _number(match[1]) if match else None
        if amount:
            return amount
    return None


def _number(digits: str) -> Decimal | None:
    """Take a comma as the decimal mark only before two last digits."""
    digits = re.sub(r"\s", "", digits)
    digits = digits.replace(".", "").replace(",", ".") if re.search(r",\d{2}$", digits) else digits.replace(",", "")
    match = re.match(r"\d*\.?\d*", digits)
    return round(Decimal(match[0]), 2) if match and re.search(r"\d", match[0]) else None
