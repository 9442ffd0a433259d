"""Whether the new offer can be bought: by the boxes of the page first, by their words second."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

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
_NEW_ROWS = (
    "newAccordionRow",
    "newOfferAccordionRow",
    "buyNewSection",
    "buyNew_",
    "new-toggle-buybox",
    "dealsAccordionRow",
    "snsAccordionRow",
    "qualifiedBuybox",
)
_BOXES = ("desktop_buybox", "buybox", "buybox_feature_div", "addToCart", "rightCol")
_DIGITAL = (
    "ebooksProductTitle",
    "kindle-price",
    "Ebooks-desktop-KINDLE_ALC-prices-kindlePrice",
    "ebooksInstantOrderUpdate",
    "digital-list-price",
)


@dataclass(frozen=True, slots=True)
class BuyingState:
    """The state of the offer and the evidence for it; None where the page has none."""

    state: OfferState | None
    rule: str


def read_state(document: Document, *, option_types: frozenset[str], has_price: bool, is_range: bool) -> BuyingState:
    """Decide the state; `has_price` and `is_range` are what the first reader saw for the new offer."""
    if is_range:
        return BuyingState(OfferState.SELECT_VARIATION, "price range")
    text, box = " | ".join(availability_texts(document)), buy_box_text(document)
    guesses = chain(
        _not_for_sale(document, box, option_types),
        _from_words(document, text, has_price=has_price),
        _from_boxes(document, box, has_price=has_price),
    )
    return next(guesses, BuyingState(None, "no box, no price, no words"))


def _not_for_sale(document: Document, box: str, option_types: frozenset[str]) -> Iterator[BuyingState]:
    """Yield the states in which any price on the page is another offer's."""
    if _has_words(document, _PARTIAL) or phrases.SELECT.search(box[:400]):
        yield BuyingState(OfferState.SELECT_VARIATION, "box asks for a choice")
    if _used_only(document, box, option_types):
        yield BuyingState(OfferState.USED_ONLY, "only a used offer")


def _from_words(document: Document, text: str, *, has_price: bool) -> Iterator[BuyingState]:
    """Yield what the words on availability say."""
    button = has_buy_button(document)
    on_sale = button or has_price
    if phrases.PREORDER.search(text) and on_sale:
        yield BuyingState(OfferState.PREORDER, "availability text")
    if phrases.BACKORDER.search(text) and on_sale:
        yield BuyingState(OfferState.BACKORDER, "availability text")
    if any(document.first(name) is not None for name in _DIGITAL) and on_sale:
        yield BuyingState(OfferState.DIGITAL, "digital edition")
    # A price beside "cannot be shipped to your location" is on sale, only not here.
    kept_back = bool(phrases.NOT_SHIPPED.search(text)) and not has_price
    if phrases.UNAVAILABLE.search(text) or kept_back or _has_words(document, _GONE):
        if button and has_price:
            yield BuyingState(OfferState.BACKORDER, "out of stock, yet on sale")
        yield BuyingState(OfferState.UNAVAILABLE, "availability text")
    if phrases.NO_FEATURED.search(text):
        yield BuyingState(OfferState.NO_FEATURED_OFFER, "availability text")


def _from_boxes(document: Document, box: str, *, has_price: bool) -> Iterator[BuyingState]:
    """Yield what the boxes with and without a button say."""
    button = has_buy_button(document)
    if _has_words(document, _UNQUALIFIED) and not button:
        yield BuyingState(OfferState.NO_FEATURED_OFFER, "box of other sellers")
    if has_price:
        yield BuyingState(OfferState.IN_STOCK, "price of a new offer")
    if phrases.NO_FEATURED.search(box):
        yield BuyingState(OfferState.NO_FEATURED_OFFER, "box of other sellers")
    if phrases.UNAVAILABLE.search(box[:300]):
        yield BuyingState(OfferState.UNAVAILABLE, "buy box text")
    if button:
        yield BuyingState(OfferState.IN_STOCK, "buy button")


def is_undeliverable(document: Document) -> bool:
    """Tell whether the shop does not send the product to the place the page is for; elsewhere it may be on sale."""
    return any(
        phrases.NOT_SHIPPED.search(document.text(name)[:400])
        for name in ("outOfStock", "availability", "ddmDeliveryMessage")
    )


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
                and (text := text_of(element))
            ):
                yield text[:400]


def buy_box_text(document: Document) -> str:
    """Return the first words of the box with the buy button."""
    boxes = (element for name in _BOXES for element in document.all(name))
    return next((text for element in boxes if (text := text_of(element, 1000))), "")


def has_buy_button(document: Document) -> bool:
    """Tell whether a button sells the new offer; a button in a used row or half-chosen box does not."""
    return any(
        owner_of(element) not in {Owner.USED, Owner.NONE} and not _within(element, _PARTIAL)
        for name in _BUY_BUTTONS
        for element in document.all(name)
    )


def _used_only(document: Document, box: str, option_types: frozenset[str]) -> bool:
    """Tell whether the one offer in the box is used."""
    if option_types & {"NEW", "USED"}:
        return "NEW" not in option_types
    if any(document.first(name) is not None for name in ("usedOnlyBuybox", "used_buybox_desktop")):
        return True
    if any(True for prefix in _NEW_ROWS for _ in document.starting(prefix)):
        return False
    if phrases.USED.search(box[:200]):
        return True
    used = any(document.first(name) is not None for name in _USED_BOXES)
    return used and document.first("price", "price_inside_buybox") is None


def _has_words(document: Document, names: tuple[str, ...]) -> bool:
    """Tell whether one of these boxes is there and filled."""
    return bool(document.text(*names))


def _within(element: etree._Element, names: tuple[str, ...]) -> bool:
    """Tell whether the element is inside one of these boxes."""
    return any(around.get("id") in names for around in element.iterancestors())
