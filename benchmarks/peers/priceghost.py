"""PriceGhost's Amazon rules: clucraft/PriceGhost `backend/src/services/scraper.ts`; it reads no list price."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bs4 import BeautifulSoup, Tag

from benchmarks.peers import json_ld
from benchmarks.peers.priceghost_number import parse_price
from benchmarks.peers.rule import Page

_CONTAINERS = (
    "#corePrice_feature_div",
    "#corePriceDisplay_desktop_feature_div",
    "#apex_desktop_newAccordionRow",
    "#apex_offerDisplay_desktop",
)
_FALLBACKS = (
    "#priceblock_dealprice",
    "#priceblock_saleprice",
    "#priceblock_ourprice",
    "#price_inside_buybox",
    "#newBuyBoxPrice",
    'span[data-a-color="price"] .a-offscreen',
)
GENERIC = (
    '[itemprop="price"]',
    "[data-price]",
    "[data-product-price]",
    ".price",
    ".product-price",
    ".current-price",
    ".sale-price",
    ".final-price",
    ".offer-price",
    "#price",
    '[class*="price" i]',
)
# Words in an id or a class.
_COUPON = re.compile(r"coupon|savings|save\s*\$|promoprice", re.IGNORECASE)
_FORMER_WORDS = ("original", "was", "old", "regular", "compare", "strikethrough", "line-through")
_FORMER = re.compile("|".join(_FORMER_WORDS), re.IGNORECASE)
# Less is taken for a coupon.
_LEAST = 2


def price(page: Page) -> Decimal | None:
    """PriceGhost `scraper.ts`: its Amazon rules alone, without the generic selectors it falls back to."""
    return amazon_price(page.soup)


def amazon_price(soup: BeautifulSoup) -> Decimal | None:
    """PriceGhost `scraper.ts`, `siteScrapers[0]`: today's containers, the old ids, the whole and its fraction."""
    offscreen = (tag for box in _CONTAINERS for tag in soup.select(f"{box} .a-price .a-offscreen"))
    old = (tag for tag in map(soup.select_one, _FALLBACKS) if tag)
    texts = [tag.get_text() for tag in offscreen if not _is_coupon(tag) and not _is_saving(tag)]
    texts += [tag.get_text() for tag in old if not _is_coupon(tag)]
    texts.append(_whole_and_fraction(soup))
    return next((amount for text in texts if (amount := parse_price(text)) and amount >= _LEAST), None)


def json_ld_prices(soup: BeautifulSoup) -> Iterator[Decimal]:
    """PriceGhost `scraper.ts`, `extractJsonLd`: the offer of each block's product."""
    for block in json_ld.blocks(soup):
        match = re.match(r"\d+(\.\d+)?", str(json_ld.offered_price(block)))
        if match and Decimal(match[0]):
            yield Decimal(match[0])


def generic_amounts(soup: BeautifulSoup, selector: str) -> list[Decimal]:
    """PriceGhost `scraper.ts`, `extractGenericPrice`: amounts of one selector, but of former prices by class name."""
    amounts = []
    for tag in soup.select(selector):
        if _FORMER.search(_classes(tag) + _classes(tag.parent)):
            continue
        text = str(tag.get("content") or tag.get("data-price") or tag.get_text())
        amount = parse_price(text)
        if amount:
            amounts.append(amount)
    return amounts


def _classes(tag: Tag | None) -> str:
    """Return the class attribute as it is written."""
    value = tag.get("class") if tag else None
    return " ".join(value) if isinstance(value, list) else str(value or "")


def _is_saving(tag: Tag) -> bool:
    """Tell whether the price's own element is named a saving."""
    return bool(re.search(r"savings|coupon|save", _classes(tag.parent), re.IGNORECASE))


def _is_coupon(tag: Tag) -> bool:
    """Tell whether an element around is named a coupon, or is short and speaks of one."""
    short = True
    for parent in tag.parents:
        if _COUPON.search(str(parent.get("id") or "") + _classes(parent)):
            return True
        text = parent.get_text().lower() if short else ""
        short = short and len(text) < 100
        if short and re.search(r"save \$|coupon|clip", text):
            return True
    return False


def _whole_and_fraction(soup: BeautifulSoup) -> str:
    """Return "$63.42" of the two elements, or nothing."""
    whole = soup.select_one("#corePrice_feature_div .a-price-whole")
    fraction = soup.select_one("#corePrice_feature_div .a-price-fraction")
    if whole is None:
        return ""
    return f"${whole.get_text().replace(',', '', 1)}" + (f".{fraction.get_text()}" if fraction else "")
