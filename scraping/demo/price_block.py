# ruff: noqa: E501 - markup keeps the lines it is sent in
"""The price block of a product page: price, price per litre, list price, coupon."""

from html import escape

from scraping.demo.catalogue import DemoProduct
from scraping.demo.layout import Layout, money
from scraping.demo.simulation import DemoOffer

# No real product page is smaller than 350 kB; a small page without a known title would pass for an error page.
_FILLER = "<p>Aceites para cada día: cocinar, aliñar y freír.</p>" * 800


def core_price(product: DemoProduct, offer: DemoOffer, layout: Layout) -> str:
    """Return the price to pay with its price per litre and, where there is one, its list price."""
    whole, fraction = f"{offer.price:.2f}".split(".")
    shown = money(offer.price, layout.currency)
    symbol = "$" if layout.currency == "USD" else "€"
    read_aloud = shown.replace(" €", "&nbsp;&euro;")
    unit = money(offer.price / product.litres, layout.currency).replace(" ", "")
    read_aloud_unit = escape(unit.replace("€", "&nbsp;&euro;"))  # escaped twice on the real page too
    basis = _basis(offer, layout) if offer.list_price else ""
    return f"""<div id="corePriceDisplay_desktop_feature_div" class="celwidget"><div class="a-section aok-relative">
<span class="aok-offscreen"> {read_aloud} </span>
<span class="a-price aok-align-center reinventPricePriceToPayMargin priceToPay" data-a-size="xl"><span \
class="a-offscreen"> </span><span aria-hidden="true"><span class="a-price-whole">{whole}<span \
class="a-price-decimal">,</span></span><span class="a-price-fraction">{fraction}</span><span \
class="a-price-symbol">{symbol}</span></span></span>
<span class="aok-relative"><span class="a-size-mini aok-offscreen"> {read_aloud_unit} por l </span><span \
aria-hidden="true" class="a-size-mini pricePerUnit">(<span class="a-price a-text-price" data-a-size="mini"><span \
class="a-offscreen">{unit}</span><span aria-hidden="true">{unit}</span></span> / l)</span></span></div>{basis}</div>"""


def _basis(offer: DemoOffer, layout: Layout) -> str:
    listed = money(offer.list_price or offer.price, layout.currency)
    compact = listed.replace(" ", "")
    return f"""<div class="a-section a-spacing-small"><span class="aok-relative"><span class="a-size-small \
aok-offscreen"> Precio recomendado: {listed} </span><span aria-hidden="true" class="a-size-small basisPrice">Precio \
recomendado: <span class="a-price a-text-price" data-a-size="s" data-a-strike="true"><span \
class="a-offscreen">{compact}</span><span aria-hidden="true">{compact}</span></span></span></span></div>"""


def changed_layout(offer: DemoOffer, layout: Layout) -> str:
    """Return a price under names nobody knows: a reader must say so instead of guessing."""
    return f'<div id="pricing-2027"><b class="amount">{money(offer.price, layout.currency)}</b>{_FILLER}</div>'


def price_range(offer: DemoOffer) -> str:
    """Return the range a page shows until a size is chosen: it is no price."""
    low, high = money(offer.price), money(offer.price * 3)
    return f"""<div id="corePriceDisplay_desktop_feature_div"><span class="a-price-range"><span class="a-price \
a-text-price"><span class="a-offscreen">{low}</span></span> - <span class="a-price a-text-price"><span \
class="a-offscreen">{high}</span></span></span></div><div id="variation_size_name"><label>Tamaño:</label>\
<select id="native_dropdown_selected_size_name"><option value="-1">Seleccionar</option></select></div>"""


def coupon(offer: DemoOffer) -> str:
    """Return the coupon box, empty without a coupon."""
    if not offer.coupon_percent:
        return ""
    return f"""<div id="promoPriceBlockMessage_feature_div"><span class="promoPriceBlockMessage"><i \
id="couponBadgepctch{offer.coupon_percent}" class="a-icon couponBadge">Cupón:</i> <label id="couponTextpctch{offer.coupon_percent}">Aplicar \
cupón del {offer.coupon_percent} %</label></span></div>"""
