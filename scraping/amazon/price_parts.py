"""The few parts of a product page that show a price, cut out and read by BeautifulSoup."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bs4 import BeautifulSoup, Tag
from lxml import etree

from scraping.amazon import phrases
from scraping.amazon.document import Document
from scraping.amazon.money import clean
from scraping.amazon.paths import finder

# Whole buy boxes are 50-160 KB of forms; these containers are 1-20 KB each.
_EXACT = frozenset(
    {
        "price",
        "unifiedPrice_feature_div",
        "priceblock_dealprice",
        "priceblock_saleprice",
        "priceblock_ourprice",
        "priceblock_businessprice",
        "price_inside_buybox",
        "newBuyBoxPrice",
        "buyNewSection",
        "usedBuySection",
        "tp_price_block_total_price_ww",
        "newPitchPrice",
        "buyNew_cbb",
        "buyNew_noncbb",
        "actualPriceValue",
        "buyingPriceValue",
        "kindle-price",
        "Ebooks-desktop-KINDLE_ALC-prices-kindlePrice",
        "newPrice",
        "sns-base-price",
        "snsBasePrice",
        "sns-tiered-price",
        "subscriptionPrice",
        "dealsAccordionRow",
        "usedPrice",
        "tmmSwatches",
        "newOfferAccordionRow",
        "usedOfferAccordionRow",
        "corePrice_desktop",
        "buybox-price",
        "mediaNoAccordion",
        "digital-list-price",
        "print-list-price",
        "twister-plus-price-data-price",
        "apex_price",
        "booksHeaderSection",
        "kindleHeaderPriceSection",
        "soldByThirdParty",
        "adbl_bb_price",
    }
)
_PREFIXES = (
    "corePriceDisplay_",
    "corePrice_",
    "apex_offerDisplay",
    "apexPrice_",
    "corePriceMobile",
    "newAccordionCaption",
    "usedAccordionCaption",
    "snsAccordionCaption",
    "newBuyBoxPrice",
)
# By the ids around it, the nearest first: whose price a container shows.
_OWNERS = (
    # Swatches of other sizes show prices since 2025: <div id="inline-twister-row-size_name">...<span id="apex_price">
    ("none", ("inline-twister", "dimension-slot", "twister_feature_div", "variation_", "swatch")),
    ("used", ("usedaccordion", "usedbuysection", "usedonlybuybox", "used_buybox", "usedoffer", "usedprice")),
    ("subscribe", ("snsaccordion", "sns-", "sns_", "snsbase", "subscri", "rcx")),
    ("prime", ("primesavingsupsell", "primeexclusive")),
    ("renewed", ("renewedtier", "renewedaccordion", "renewedoffer")),
    (
        "none",
        (
            "rentaccordion",
            "rentoffer",
            "rentbuy",
            "tradein",
            "warrant",
            "mbb",
            "financ",
            "prepaid",
            "renewed",
            "bundle",
            "sims-",
            "similarities",
            "aod-",
            "all-offers",
            "comparison",
        ),
    ),
    (
        "new",
        (
            "newaccordion",
            "newoffer",
            "buynew_",
            "buynewsection",
            "new-toggle",
            "onetime",
            "newbuybox",
            "newpitch",
        ),
    ),
)
# Not every swatch stands in a row with such an id: <div class="a-section dimension-slot-info">
_SWATCH_CLASSES = ("dimension-slot-info", "apex_on_twister")
_KINDLE = finder("//*[{kindle-price}]")
_LARGEST = 60_000
_WORDS_BESIDE = 600
_ONE_PRICE = ("corePrice", "apex", "newAccordionCaption")


class Owner(StrEnum):
    """Whose price a part shows; PLAIN parts stand in the page without a row of their own."""

    NEW = "new"
    PLAIN = "plain"
    USED = "used"
    SUBSCRIBE = "subscribe"
    PRIME = "prime"
    RENEWED = "renewed"
    NONE = "none"


OF_OTHERS = frozenset({Owner.USED, Owner.PRIME, Owner.RENEWED, Owner.NONE})


@dataclass(frozen=True, slots=True)
class Part:
    """A container of the page by its id, the offer it belongs to, and its elements by #id and .class."""

    name: str
    owner: Owner
    tag: Tag
    index: dict[str, list[Tag]] = field(repr=False)

    def find(self, *tokens: str) -> Iterator[Tag]:
        """Yield the elements with these ids and classes ("#price", ".a-price"), token by token."""
        for token in tokens:
            yield from self.index.get(token, ())


def part_of(name: str, owner: Owner, tag: Tag) -> Part:
    """Index a container once: CSS selectors would walk it again for every rule."""
    index: dict[str, list[Tag]] = {}
    for inner in tag.find_all(True):
        classes = inner.get("class") or ()
        for one in classes.split() if isinstance(classes, str) else classes:
            index.setdefault(f".{one}", []).append(inner)
        if inner.get("id"):
            index.setdefault(f"#{inner['id']}", []).append(inner)
    return Part(name, owner, tag, index)


def read_parts(document: Document) -> tuple[Part, ...]:
    """Cut the price containers out of the page, in page order, and parse them all at once."""
    chosen = list(_outermost(document))
    if not chosen:
        return ()
    pieces = (f'<div data-part="{number}">{_html(element)}</div>' for number, (_, _, element) in enumerate(chosen))
    soup = BeautifulSoup("".join(pieces), "lxml")
    tags = {str(tag["data-part"]): tag for tag in soup.find_all("div", attrs={"data-part": True})}
    return tuple(
        part_of(name, _owner_by_words(name, owner, tags[str(number)]), tags[str(number)])
        for number, (name, owner, _) in enumerate(chosen)
        if str(number) in tags
    )


def _owner_by_words(name: str, owner: Owner, tag: Tag) -> Owner:
    """Tell a price for Prime members, which can stand in the box of the new offer, by the words beside it.

    The price table of the old layout holds rows of every kind: words in one row say nothing of the others.
    """
    if name.startswith(_ONE_PRICE) and owner in {Owner.NEW, Owner.PLAIN} and phrases.PRIME_PRICE.search(_words(tag)):
        return Owner.PRIME
    return owner


def _words(tag: Tag) -> str:
    """Return the first words of a container."""
    return clean(tag.get_text(" "))[:_WORDS_BESIDE]


def _html(element: etree._Element) -> str:
    """Write an element out; a row outside its table would lose its tags."""
    text = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return f"<table>{text}</table>" if element.tag in {"tr", "td", "tbody"} else text


def _outermost(document: Document) -> Iterator[tuple[str, Owner, etree._Element]]:
    """Yield the wanted containers that are not inside another wanted one."""
    wanted = {element: name for name, element in document.starting("") if name in _EXACT or name.startswith(_PREFIXES)}
    # <tr class="kindle-price"> has no id, nor has any box around it
    if document.root is not None and b"kindle-price" in document.data:
        wanted |= dict.fromkeys(_KINDLE(document.root), "kindle-price")
    for element, name in wanted.items():
        above = list(element.iterancestors())
        if any(parent in wanted for parent in above) or sum(1 for _ in element.iter()) > _LARGEST // 50:
            continue
        yield name, owner_of(element), element


def owner_of(element: etree._Element) -> Owner:
    """Tell from an element and what is around it whose price it is."""
    for around in (element, *element.iterancestors()):
        if any(mark in (around.get("class") or "") for mark in _SWATCH_CLASSES):
            return Owner.NONE
        name = (around.get("id") or "").lower()
        if not name:
            continue
        for owner, marks in _OWNERS:
            if any(mark in name for mark in marks):
                return Owner(owner)
    return Owner.PLAIN
