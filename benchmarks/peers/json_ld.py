"""The JSON-LD blocks of a page, which three of the projects look into."""

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup


def blocks(soup: BeautifulSoup) -> Iterator[Any]:
    """Yield each block that is valid JSON."""
    for script in soup.select('script[type="application/ld+json"]'):
        try:
            yield json.loads(script.get_text())
        except ValueError:
            continue


def find_product(data: Any) -> dict[str, Any] | None:
    """Return the first object of type Product, in lists and `@graph` too."""
    if isinstance(data, list):
        return next(filter(None, map(find_product, data)), None)
    if not isinstance(data, dict):
        return None
    return data if data.get("@type") == "Product" else find_product(data.get("@graph"))


def offered_price(data: Any) -> Any:
    """Return the price of a product's first offer as written, the low end of a range first."""
    offers = (find_product(data) or {}).get("offers")
    offer = offers[0] if isinstance(offers, list) and offers else offers
    return (offer.get("lowPrice") or offer.get("price")) if isinstance(offer, dict) else None
