"""A search page: its tiles in order, which of them are paid for, and the address of the next page."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from scraping.amazon import details
from scraping.amazon.address import is_asin
from scraping.amazon.block import Assessment, classify
from scraping.amazon.document import Document, open_document, text_of
from scraping.amazon.extras import unit_price_in
from scraping.amazon.money import Habit, Money, find_money
from scraping.amazon.paths import finder
from scraping.offer import PageKind, SearchReading, SearchTile

_TILES = finder("//*[@data-component-type='s-search-result'][@data-asin]")
# 2017-2019: <li id="result_0" data-asin="B0..." class="s-result-item celwidget">
_OLD_TILES = finder("//li[{s-result-item}][@data-asin]")
# One cheap walk a tile; whole class names are told apart afterwards.
_MARKED = finder(
    ".//*[contains(@class, 'a-price') or contains(@class, 'a-text-price') or contains(@class, 'ponsored')]"
)
_AD_LINKS = finder(".//a[contains(@href, '/sspa/click')]")
_AD_CLASSES = frozenset({"puis-sponsored-label-text", "s-sponsored-label-text", "s-sponsored-info-icon"})
_OFFSCREEN = finder(".//*[{a-offscreen}]")
_OLD_PRICES = finder(".//*[{s-price} or {sx-price} or {sx-zero-spacing}]")
# Also the dress of "$300.00 new (12 offers)", so it counts only where nothing else is priced.
_COLOURED = finder(".//*[{a-color-price}]")
_DASHES = finder(".//*[{sx-dash-formatting}]")
_TITLE_BLOCK = finder(".//*[@data-cy='title-recipe']")
_NEXT = finder("//a[{s-pagination-next} or @id='pagnNextLink'] | //li[{a-last}]/a")


def read_search(html: bytes | str, *, marketplace: str | None = None) -> SearchReading:
    """Read a search page; any other kind of page has no tiles and says what it is."""
    return read_search_document(open_document(html, marketplace=marketplace))


def read_search_document(document: Document, assessment: Assessment | None = None) -> SearchReading:
    """Read a search page that is already parsed, and perhaps already classified."""
    assessment = assessment or classify(document)
    market = document.marketplace.code if document.marketplace else None
    if assessment.kind is not PageKind.SEARCH or document.root is None:
        return SearchReading(assessment.kind, assessment.reason, marketplace=market)
    habit = Habit(document.decimal, document.currency)
    tiles = tuple(_tile(element, position, habit) for position, element in enumerate(_tiles(document.root), start=1))
    return SearchReading(
        PageKind.SEARCH, assessment.reason, tiles, _next_url(document), details.read_location(document), market
    )


def _tiles(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the tiles with a product, of today's layout or else of the old one."""
    tiles = _TILES(root) or _OLD_TILES(root)
    return (tile for tile in tiles if is_asin(str(tile.get("data-asin", ""))))


def _tile(element: etree._Element, position: int, habit: Habit) -> SearchTile:
    """Read one tile."""
    marked = [(shown, frozenset((shown.get("class") or "").split())) for shown in _MARKED(element)]
    prices = [shown for shown, classes in marked if "a-price" in classes and "a-text-price" not in classes]
    lesser = [shown for shown, classes in marked if "a-text-price" in classes]
    price = _price(element, prices, habit)
    struck = [shown for shown in lesser if shown.get("data-a-strike") == "true"]
    listed = [one for shown in struck for one in find_money(_read_aloud(shown), habit)[:1]]
    above = [one.money.amount for one in listed if price is None or one.money.amount > price.amount]
    around = [parent for shown in lesser if shown not in struck and (parent := shown.getparent()) is not None]
    units = (unit_price_in(text_of(parent), habit) for parent in around)
    return SearchTile(
        asin=str(element.get("data-asin")),
        title=_title(element),
        position=position,
        sponsored=_is_paid_for(element, [classes for _, classes in marked]),
        price=price.amount if price else None,
        currency=price.currency if price else None,
        list_price=above[0] if above else None,
        unit_price=next((unit for unit in units if unit), None),
    )


def _title(element: etree._Element) -> str:
    """Return the title: the last heading of the title block, since fashion tiles head it with the brand."""
    blocks = _TITLE_BLOCK(element) or [element]
    headings = [text for heading in blocks[0].iter("h2", "h5") if (text := text_of(heading))]
    if headings:
        return headings[-1][:512]
    alternatives = [alt for image in element.iter("img") if (alt := (image.get("alt") or "").strip())]
    return alternatives[0][:512] if alternatives else ""


def _is_paid_for(element: etree._Element, marked: list[frozenset[str]]) -> bool:
    """Tell a paid tile by its own class, its label or its links; on real pages the three agree."""
    holder = "AdHolder" in (element.get("class") or "").split()
    return holder or any(classes & _AD_CLASSES for classes in marked) or bool(_AD_LINKS(element))


def _price(element: etree._Element, prices: list[etree._Element], habit: Habit) -> Money | None:
    """Return the tile's price; a range, a free first month and an offer of others are none."""
    shown = [price for price in prices if not _of_others(price)]
    if not shown:
        return _old_price(element, habit)
    read = [find_money(_read_aloud(price), habit) for price in shown]
    # "$0.00 free with a trial" comes before the paperback's price: nobody pays it
    paid = [at for at, amounts in enumerate(read) if not amounts or amounts[0].money.amount > 0]
    if not paid:
        return None
    shown, first = shown[paid[0] :], read[paid[0]]
    if len(first) != 1:
        return None
    parent = shown[0].getparent()
    beside = [price for price in shown[1:] if price.getparent() is parent]
    if beside and "-" in "".join(price.tail or "" for price in (shown[0], *beside)):
        return None
    return first[0].money


def _old_price(element: etree._Element, habit: Habit) -> Money | None:
    """Return the price of a tile of 2016-2018: the first that is not free, as on newer tiles."""
    own = [amounts for price in _OLD_PRICES(element) if (amounts := _paid(price, habit))]
    if own:
        return own[0][0] if len(set(own[0])) == 1 and not _DASHES(element) else None
    coloured = [money for price in _COLOURED(element) for money in _paid(price, habit)]
    return coloured[0] if len(set(coloured)) == 1 else None


def _paid(price: etree._Element, habit: Habit) -> list[Money]:
    """Return the amounts of an element, "$0.00" left out."""
    return [one.money for one in find_money(text_of(price), habit) if one.money.amount > 0]


def _of_others(price: etree._Element) -> bool:
    """Tell whether a price is of "more buying choices" or per unit rather than the tile's own."""
    for around in price.iterancestors():
        if around.get("data-cy") == "secondary-offer-recipe":
            return True
        if around.get("data-asin"):
            return False
    return False


def _read_aloud(price: etree._Element) -> str:
    """Return the text for screen readers, filled on search pages, else all of it."""
    read_aloud = _OFFSCREEN(price)
    return (text_of(read_aloud[0]) if read_aloud else "") or text_of(price)


def _next_url(document: Document) -> str | None:
    """Return the absolute address of the next page; the last page has a button without one."""
    if document.root is None or document.marketplace is None:
        return None
    href = next((href for link in _NEXT(document.root) if (href := link.get("href"))), None)
    if href is None:
        return None
    return urljoin(f"https://{document.marketplace.host}/", href)
