"""PriceBuddy's store rules: jez500/pricebuddy; it reads title, description, price, image, availability: no list price.

Stores: `database/seeders/Stores/usa.php` and `india.php`; any other marketplace gets the first working strategy of
`config/price_buddy.php` (`app/Services/AutoCreateStore.php`). Amounts: `app/Services/Helpers/CurrencyHelper.php`.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from bs4 import BeautifulSoup

from benchmarks.peers.rule import Page

_SEEDED = {"com": ".apex-pricetopay-value > .a-offscreen", "in": ".a-price > .a-offscreen"}
# Selector and attribute; no attribute: the element's text.
_AUTOMATIC = (
    ('meta[property="product:price:amount"]', "content"),
    ('meta[property="og:price:amount"]', "content"),
    (".a-price .a-offscreen", ""),
    ('[itemprop="price"]', "content"),
    (".price", ""),
    (".product-price, .product-price-value", ""),
    ('[class^="price"]', ""),
    ('[class*="price"]', ""),
)
_PATTERNS = (r'"price":\s?"(.*?)"', r">\$(\d+(?:\.\d{2})?)<", r"\$(\d+(?:\.\d{2})?)")
_POINT_MARKETPLACES = {"com", "in", "co.uk", "ca", "com.au", "co.jp"}


def price(page: Page) -> Decimal | None:
    """PriceBuddy: the seeded store's first hit; elsewhere the first automatic strategy that gives an amount."""
    decimal_mark = "." if page.marketplace in _POINT_MARKETPLACES else ","
    if selector := _SEEDED.get(page.marketplace):
        tag = page.soup.select_one(selector)
        return _to_amount(tag.get_text(), decimal_mark) if tag else None
    amounts = (_to_amount(text, decimal_mark) for text in _automatic_texts(page))
    return next(filter(None, amounts), None)


def _automatic_texts(page: Page) -> Iterator[str]:
    """Yield what each automatic strategy finds: selectors first, then patterns over the whole page."""
    for selector, attribute in _AUTOMATIC:
        yield _first_text(page.soup, selector, attribute)
    for pattern in _PATTERNS:
        match = re.search(pattern, page.html)
        yield match[1] if match else ""


def _first_text(soup: BeautifulSoup, selector: str, attribute: str) -> str:
    """Return the text or the attribute of the first hit only: a blank one ends the strategy."""
    tag = soup.select_one(selector)
    if tag is None:
        return ""
    return str(tag.get(attribute) or "") if attribute else tag.get_text()


def _to_amount(text: str, decimal_mark: str) -> Decimal | None:
    """PriceBuddy `CurrencyHelper::toFloat`: of two marks the last decides, else the locale's."""
    digits = re.sub(r"[^\d.,]", "", text)
    if not re.search(r"\d", digits):
        return None
    last = max(digits.rfind("."), digits.rfind(","))
    if {".", ","} <= set(digits) or re.fullmatch(r"0*[.,]\d+", digits):
        decimal_mark = digits[last]
    elif decimal_mark not in digits and len(digits) - last - 1 != 3 and last >= 0:
        # The locale's parser refuses "319.00" in France; the last mark then decides.
        decimal_mark = digits[last]
    whole, _, fraction = digits.rpartition(decimal_mark) if decimal_mark in digits else (digits, "", "")
    return Decimal(f"{re.sub(r'[^0-9]', '', whole) or 0}.{fraction or 0}")
