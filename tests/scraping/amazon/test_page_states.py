# ruff: noqa: E501 - markup keeps the lines it is sent in
"""Product pages that sell nothing now, or not as usual: which state each tells, and no price with it."""

from decimal import Decimal

import pytest

from scraping.amazon.page import read_page
from scraping.offer import OfferState
from tests.scraping.amazon.made_pages import (
    BUTTON,
    DE,
    ES,
    FR,
    IT,
    SHOPS,
    UK,
    US,
    Grocery,
    Shop,
    html,
    options_json,
    price_span,
    shown,
    without_offer,
)


@pytest.mark.parametrize("shop", SHOPS.values(), ids=SHOPS)
@pytest.mark.parametrize(
    ("box", "state"),
    [
        (
            '<div id="outOfStock"><div id="availability"><span>{0.unavailable}</span></div></div>',
            OfferState.UNAVAILABLE,
        ),
        ('<div id="availability">{0.unavailable}</div>', OfferState.UNAVAILABLE),
        ('<div id="unqualifiedBuyBox_feature_div">{0.sellers}</div>', OfferState.NO_FEATURED_OFFER),
        ("<span>{0.sellers}</span>", OfferState.NO_FEATURED_OFFER),
        ('<div id="partialStateBuybox">{0.choose}' + BUTTON + "</div>", OfferState.SELECT_VARIATION),
        ("<div>{0.choose}</div>", OfferState.SELECT_VARIATION),
    ],
)
def test_states_without_a_price(shop: Shop, box: str, state: OfferState) -> None:
    reading = read_page(without_offer(shop, box.format(shop)))
    assert reading.offer is not None
    assert (reading.offer.state, reading.offer.price) == (state, None)


@pytest.mark.parametrize("shop", SHOPS.values(), ids=SHOPS)
def test_the_price_beside_an_unavailable_text_is_not_the_offers(shop: Shop) -> None:
    page = without_offer(shop, f'<div id="availability">{shop.unavailable}</div>')
    page = page.replace('<div id="apex_desktop">', f'<div id="corePrice_feature_div">{price_span(shop, "9.99")}')
    assert read_page(page).offer.price is None


def test_used_only_box() -> None:
    box = (
        '<div id="used_buybox_desktop"><div id="usedOnlyBuybox"><div id="usedBuySection"><span class="a-text-bold">Buy used'
        '</span><span class="a-color-price offer-price">£4.45</span></div></div></div>'
    )
    offer = read_page(without_offer(UK, box)).offer
    assert offer is not None
    assert (offer.state, offer.price, offer.used_price) == (OfferState.USED_ONLY, None, Decimal("4.45"))


def test_used_only_by_the_hidden_json_alone() -> None:
    page = html(
        ES,
        f'<div id="corePrice_feature_div">{price_span(ES, "20.00")}</div>{options_json(ES, USED="20.00")}',
        title="Aceite",
    )
    offer = read_page(page).offer
    assert offer is not None
    assert (offer.state, offer.price) == (OfferState.USED_ONLY, None)


@pytest.mark.parametrize(
    ("shop", "text", "state"),
    [
        (UK, "This item will be released on June 21, 2019. Pre-order now.", OfferState.PREORDER),
        (ES, "Este producto saldrá a la venta el 21 de junio. Resérvalo ahora.", OfferState.PREORDER),
        (DE, "Dieser Artikel wird am 21. Juni erscheinen. Jetzt vorbestellen.", OfferState.PREORDER),
        (US, "In stock on June 17, 2020. Order it now.", OfferState.BACKORDER),
        (US, "Temporarily out of stock. Order now and we'll deliver when available.", OfferState.BACKORDER),
        (FR, "Temporairement en rupture de stock. Commandez maintenant et nous vous livrerons.", OfferState.BACKORDER),
        (ES, "Sólo queda(n) 3 en stock.", OfferState.IN_STOCK),
        (DE, "Nur noch 5 auf Lager", OfferState.IN_STOCK),
        (US, "Usually ships within 2 to 3 days.", OfferState.IN_STOCK),
    ],
)
def test_words_on_availability(shop: Shop, text: str, state: OfferState) -> None:
    offer = read_page(Grocery(shop=shop, availability=text).build()).offer
    assert offer is not None
    assert (offer.state, offer.price) == (state, Decimal("42.95"))


@pytest.mark.parametrize(
    "text",
    [
        "In Stock. This item cannot be shipped to your selected delivery location.",
        "In Stock. This item does not ship to Spain.",
    ],
)
def test_a_price_that_is_not_for_this_place_is_still_a_price(text: str) -> None:
    for button in (BUTTON, ""):
        offer = read_page(Grocery(shop=US, availability=text).build().replace(BUTTON, button)).offer
        assert offer is not None
        assert (offer.state, offer.price, offer.deliverable) == (OfferState.IN_STOCK, Decimal("42.95"), False)


@pytest.mark.parametrize(("text", "deliverable"), [("does not ship to Spain", False), ("arrives on Monday", True)])
def test_words_on_delivery_stand_beside_in_stock(text: str, deliverable: bool) -> None:
    page = Grocery(shop=US).build()
    offer = read_page(page.replace("</body>", f'<div id="ddmDeliveryMessage">It {text}.</div></body>')).offer
    assert offer is not None
    assert (offer.state, offer.deliverable) == (OfferState.IN_STOCK, deliverable)


def test_kindle_is_digital() -> None:
    body = f'<table><tr class="kindle-price"><td>Kindle Price:</td><td class="a-color-price">{shown(UK, "4.99")} includes VAT</td></tr></table>'
    page = html(UK, f'<h1 id="ebooksProductTitle">Olive Oil</h1>{body}<input id="one-click-button">')
    offer = read_page(page).offer
    assert offer is not None
    assert (offer.title, offer.state, offer.price) == ("Olive Oil", OfferState.DIGITAL, Decimal("4.99"))


@pytest.mark.parametrize(
    ("shop", "text"),
    [
        (US, "Currently unavailable. We don't know when or if this item will be back in stock."),
        (US, "Temporarily out of stock. We are working hard to be back in stock as soon as possible."),
        (ES, "No disponible. No sabemos si este producto volverá a estar disponible, ni cuándo."),
        (IT, "Non disponibile. Non sappiamo se o quando l'articolo sarà di nuovo disponibile."),
        (FR, "Actuellement indisponible. Nous ne savons pas quand cet article sera de nouveau approvisionné."),
        (DE, "Derzeit nicht verfügbar. Ob und wann dieser Artikel wieder vorrätig sein wird, ist unbekannt."),
        (US, "現在在庫切れです。この商品の再入荷予定は立っておりません。"),
    ],
)
def test_whole_sentences_on_being_unavailable(shop: Shop, text: str) -> None:
    price = f'<div id="corePrice_feature_div">{price_span(shop, "9.99")}</div>'
    offer = read_page(html(shop, f'{price}<div id="availability">{text}</div>', title="Aceite")).offer
    assert offer is not None
    assert (offer.state, offer.price) == (OfferState.UNAVAILABLE, None)


def test_french_preorder() -> None:
    offer = read_page(Grocery(shop=FR, availability="Cet article paraîtra le 3 juillet 2026.").build()).offer
    assert offer is not None
    assert (offer.state, offer.price) == (OfferState.PREORDER, Decimal("42.95"))
