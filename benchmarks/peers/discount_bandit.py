"""Discount-Bandit's Amazon store: Cybrarist/Discount-Bandit `app/Classes/Stores/Amazon.php`; it reads no list price."""

import re
from decimal import Decimal

from benchmarks.peers.rule import Page

_BOXES = ("#sns-base-price", "#corePriceDisplay_desktop_feature_div", "#corePrice_feature_div")
_WHOLE = ", ".join(f"{box} span.a-price-whole" for box in _BOXES)
_FRACTION = ", ".join(f"{box} span.a-price-fraction" for box in _BOXES)


def price(page: Page) -> Decimal | None:
    """Discount-Bandit `Amazon.php`, `get_price`: first whole and first fraction of three boxes; 0 is out of stock."""
    whole, fraction = page.soup.select_one(_WHOLE), page.soup.select_one(_FRACTION)
    digits = re.sub(r"\D", "", whole.get_text()) if whole else ""
    cents = re.match(r"\d*", fraction.get_text().strip()) if fraction else None
    amount = Decimal(f"{digits or 0}.{(cents[0] if cents else '') or 0}")
    return amount or None
