"""The buy box of a product page: in stock or why not, who sells, the hidden JSON with the price."""

import json
from html import escape

from scraping.demo.catalogue import DemoProduct
from scraping.demo.layout import Layout, money
from scraping.demo.other_offers import delivery, prime_row, subscription_row, used_row
from scraping.demo.simulation import DemoOffer


def buy_box(product: DemoProduct, offer: DemoOffer, layout: Layout, state: str) -> str:
    """Return what can be bought, or the words that say why nothing can."""
    hidden = f"""<form id="addToCart" action="/gp/cart"><input type="hidden" id="ASIN" name="ASIN" \
value="{layout.asin}"></form>"""
    if not layout.known_layout:
        return hidden
    if state == "in_stock":
        return hidden + _sold(product, offer, layout)
    if state == "used_only":
        return hidden + _used(offer, layout)
    texts = {
        "unavailable": '<div id="outOfStock"><div id="availability"><span class="a-color-price">No disponible por el '
        "momento.</span><br>No sabemos si este producto volverá a estar disponible, ni cuándo.</div></div>",
        "no_featured_offer": '<div id="availability_feature_div"><div id="availability"></div></div><div '
        'id="buybox-see-all-buying-choices"><a href="/gp/offer-listing/'
        f'{layout.asin}">Ver todas las opciones de compra</a></div>',
        "select_variation": '<div id="availability"></div><div id="partialStateBuybox">Para comprar, selecciona '
        "<b>Tamaño</b></div>",
    }
    return hidden + f'<div id="buybox">{texts[state]}</div>'


def _options(offer: DemoOffer, layout: Layout, kind: str) -> str:
    whole, fraction = f"{offer.price:.2f}".split(".")
    option = {
        "displayPrice": money(offer.price, layout.currency),
        "priceAmount": float(offer.price),
        "currencySymbol": "$" if layout.currency == "USD" else "€",
        "integerValue": whole,
        "decimalSeparator": ",",
        "fractionalValue": fraction,
        "symbolPosition": "right",
        "hasSpace": True,
        "offerListingId": f"demo-{layout.asin}",
        "locale": "es-ES",
        "buyingOptionType": kind,
        "aapiBuyingOptionIndex": 0,
    }
    data = json.dumps({"desktop_buybox_group_1": [option]}, ensure_ascii=False)
    return f'<div class="a-section aok-hidden twister-plus-buying-options-price-data">{escape(data, quote=False)}</div>'


def _sold(product: DemoProduct, offer: DemoOffer, layout: Layout) -> str:
    return f"""<div id="desktop_buybox" class="celwidget"><div id="buyBoxAccordion">
<div id="newAccordionRow_0" class="a-box a-accordion-active"><div id="corePrice_feature_div"><span \
class="a-price"><span class="a-offscreen">{money(offer.price, layout.currency)}</span></span></div>
<div id="availability"><span class="a-size-medium a-color-success"> En stock </span></div>
<div id="fulfillerInfoFeature_feature_div"><span class="offer-display-feature-text-message">Amazon</span></div>
<div id="merchantInfoFeature_feature_div"><span class="a-color-tertiary">Vendido por</span> <span \
class="a-size-small offer-display-feature-text-message">Amazon</span></div>{delivery(offer, layout)}</div>
{prime_row(product, offer, layout)}{subscription_row(product, offer, layout)}{used_row(product, offer, layout)}</div>\
{_options(offer, layout, "NEW")}</div>"""


def _used(offer: DemoOffer, layout: Layout) -> str:
    return f"""<div id="desktop_buybox"><div id="usedBuySection"><span class="a-text-bold">De 2ª mano: Muy \
bueno</span> <span class="a-color-price offer-price">{money(offer.price)}</span></div><div id="usedAccordionRow"><div \
id="availability"><span>En stock</span></div></div>{_options(offer, layout, "USED")}</div>"""
