"""Whether the new offer can be bought: told by the boxes of the page first, by their words second."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from scraping.amazon import phrases
from scraping.amazon.document import Document, text_of
from scraping.amazon.price_parts import Owner, owner_of
from scraping.offer import OfferState

_BUY_BUTTONS = (
    "add-to-cart-button",
    "buy-now-button",
    "add-to-cart-button-ubb",
    "one-click-button",
    "buyNow",
    "buy-now-button-ubb",
    "preorder-button",
    "pre-order-button",
    "checkoutButtonId",
    "oneClickBuyButton",
    "rcx-subscribe-submit-button",
    "turboState",
    "add-to-cart-mobile",
    "bb_atc_button",
)
_PARTIAL = ("partialStateBuybox", "partialStateBuyBox_feature_div", "partialStateBuybox_feature_div")
_UNQUALIFIED = (
    "unqualifiedBuyBox",
    "unqualifiedBuyBox_feature_div",
    "buybox-see-all-buying-choices",
    "buybox-see-all-buying-choices-announce",
    "unqualified-buybox-olp",
)
_GONE = ("outOfStock", "outOfStockBuyBox_feature_div")
_USED_BOXES = (
    "usedOnlyBuybox",
    "used_buybox_desktop",
    "usedBuySection",
    "usedAccordionRow",
    "usedOfferAccordionRow",
    "used_buybox_mobile",
)
_NEW_ROWS = ("newAccordionRow", "newOfferAccordionRow", "buyNewSection", "buyNew_", "new-toggle-buybox")
_BOXES = ("desktop_buybox", "buybox", "buybox_feature_div", "addToCart", "rightCol")
_DIGITAL = (
    "ebooksProductTitle",
    "kindle-price",
    "Ebooks-desktop-KINDLE_ALC-prices-kindlePrice",
    "ebooksInstantOrderUpdate",
    "digital-list-price",
    "kindle_meta_binding_winner",
)


@dataclass(frozen=True, slots=True)
class BuyingState:
    """The state of the offer and the evidence that told it; None where the page does not say."""

    state: OfferState | None
    rule: str


def read_state(
    document: Document, *, option_types: frozenset[str], has_price: bool, is_range: bool
) -> BuyingState:
    """Decide the state; `has_price` and `is_range` are what the first reader saw for the new offer."""
    told = " | ".join(availability_texts(document))
    box = buy_box_text(document)
    if is_range:
        return BuyingState(OfferState.SELECT_VARIATION, "price range")
    if _has_words(document, _PARTIAL) or phrases.SELECT.search(box[:400]):
        return BuyingState(OfferState.SELECT_VARIATION, "box asks for a choice")
    if _used_only(document, box, option_types):
        return BuyingState(OfferState.USED_ONLY, "only a used offer")
    button = has_buy_button(document)
    if phrases.PREORDER.search(told) and (button or has_price):
        return BuyingState(OfferState.PREORDER, "availability text")
    if phrases.BACKORDER.search(told) and (button or has_price):
        return BuyingState(OfferState.BACKORDER, "availability text")
    return _plain_state(document, told, box, button=button, has_price=has_price)


def _plain_state(document: Document, told: str, box: str, *, button: bool, has_price: bool) -> BuyingState:
    """Decide among in stock, digital, unavailable and no featured offer."""
    if any(document.first(name) is not None for name in _DIGITAL) and (has_price or button):
        return BuyingState(OfferState.DIGITAL, "digital edition")
    if phrases.UNAVAILABLE.search(told) or _has_words(document, _GONE):
        if button and has_price:
            return BuyingState(OfferState.BACKORDER, "out of stock, yet on sale")
        return BuyingState(OfferState.UNAVAILABLE, "availability text")
    if (_has_words(document, _UNQUALIFIED) and not button) or phrases.NO_FEATURED.search(told):
        return BuyingState(OfferState.NO_FEATURED_OFFER, "box of other sellers")
    if has_price:
        return BuyingState(OfferState.IN_STOCK, "price of a new offer")
    if phrases.NO_FEATURED.search(box):
        return BuyingState(OfferState.NO_FEATURED_OFFER, "box of other sellers")
    if phrases.UNAVAILABLE.search(box[:300]):
        return BuyingState(OfferState.UNAVAILABLE, "buy box text")
    if button:
        return BuyingState(OfferState.IN_STOCK, "buy button")
    return BuyingState(None, "no box, no price, no words")


def availability_texts(document: Document) -> Iterator[str]:
    """Yield the words on availability of the new offer; #availability can be empty and its wrapper full."""
    for name in (
        "availability",
        "availability_feature_div",
        "availabilityInsideBuyBox_feature_div",
        "mobile-availability",
        "ddmDeliveryMessage",
        "pre-order-message",
    ):
        for element in document.all(name):
            if (
                name != "ddmDeliveryMessage"
                and owner_of(element) not in {Owner.USED, Owner.NONE}
                and (words := text_of(element))
            ):
                yield words[:400]


def buy_box_text(document: Document) -> str:
    """Return the first words of the box with the buy button."""
    boxes = (element for name in _BOXES for element in document.all(name))
    return next((words for element in boxes if (words := text_of(element, 1000))), "")


def has_buy_button(document: Document) -> bool:
    """Tell whether a button sells the new offer; a button in a used row or half-chosen box does not."""
    return any(
        owner_of(element) not in {Owner.USED, Owner.NONE} and not _within(element, _PARTIAL)
        for name in _BUY_BUTTONS
        for element in document.all(name)
    )


def _used_only(document: Document, box: str, option_types: frozenset[str]) -> bool:
    """Tell whether the one offer in the box is used."""
    if any(document.first(name) is not None for name in ("usedOnlyBuybox", "used_buybox_desktop")):
        return True
    if "NEW" in option_types or any(True for prefix in _NEW_ROWS for _ in document.starting(prefix)):
        return False
    if "USED" in option_types or phrases.USED.search(box[:200]):
        return True
    return any(document.first(name) is not None for name in _USED_BOXES) and document.first("price") is None


def _has_words(document: Document, names: tuple[str, ...]) -> bool:
    """Tell whether one of these boxes is there and filled."""
    return bool(document.text(*names))


def _within(element: etree._Element, names: tuple[str, ...]) -> bool:
    """Tell whether the element is inside one of these boxes."""
    return any(around.get("id") in names for around in element.iterancestors())
