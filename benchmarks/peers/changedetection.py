"""changedetection.io's restock reader: dgtlmoon/changedetection.io `changedetectionio/processors/restock_diff/`.

Its `original_price` is the price of the watch's first visit, not one the page shows: no list price.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from bs4 import BeautifulSoup

from benchmarks.peers import json_ld
from benchmarks.peers.rule import Page


def price(page: Page) -> Decimal | None:
    """changedetection.io `restock_diff/processor.py`: the one price of the page's metadata; two of them are refused."""
    amounts = set(filter(None, map(_amount, _structured(page.soup))))
    if amounts:
        return amounts.pop() if len(amounts) == 1 else None
    tag = page.soup.select_one('meta[property*="price:amount"]')
    return _amount(tag.get("content")) if tag else None


def _structured(soup: BeautifulSoup) -> Iterator[Any]:
    """Yield every price of JSON-LD and microdata as written."""
    for block in json_ld.blocks(soup):
        yield from _prices(block)
    for tag in soup.select('[itemscope] [itemprop="price"]'):
        yield tag.get("content") or tag.get_text()


def _prices(data: Any) -> Iterator[Any]:
    """Yield what stands under the key `price`, at any depth."""
    if isinstance(data, list):
        for item in data:
            yield from _prices(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in {"price", "Price"} and not isinstance(value, dict | list):
                yield value
            yield from _prices(value)


def _amount(value: Any) -> Decimal | None:
    """Keep digits and points only, as the project does: "63,42 €" is 6342."""
    try:
        return Decimal(re.sub(r"[^\d.]", "", str(value))) or None
    except InvalidOperation:
        return None
