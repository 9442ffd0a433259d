"""The rows of the buy box beside the price: Prime, Subscribe & Save, used, and what delivery costs.

Which product has which follows from its number, so every day and every page of it agree.
"""

from decimal import Decimal

from scraping.demo.catalogue import DemoProduct
from scraping.demo.layout import Layout, money
from scraping.demo.simulation import DemoOffer

CENT = Decimal("0.01")
FREE_FROM = Decimal(35)  # cheaper packs pay for delivery
DELIVERY = Decimal("3.99")


def number_of(product: DemoProduct) -> int:
    """The product's place in the catalogue, from 1."""
    return int(product.asin[5:])


def prime_row(product: DemoProduct, offer: DemoOffer, layout: Layout) -> str:
    """Return the row of a price for Prime members, 5 % off; every fifth product has one."""
    if number_of(product) % 5:
        return ""
    price = money((offer.price * Decimal("0.95")).quantize(CENT), layout.currency)
    return f"""<div id="primeSavingsUpsellAccordionRow" class="a-box"><div id="corePrice_feature_div"><span \
class="a-price"><span class="a-offscreen">{price}</span></span></div><span>Hazte Prime y ahorra</span></div>"""


def subscription_row(product: DemoProduct, offer: DemoOffer, layout: Layout) -> str:
    """Return the row of Subscribe & Save, 5 to 15 % off; three of four products have one."""
    percent = (0, 5, 10, 15)[number_of(product) % 4]
    if not percent:
        return ""
    saved = money(offer.price * (100 - percent) / 100, layout.currency)
    return f"""<div id="snsAccordionRowMiddle" class="a-box"><span>Suscríbete y ahorra {percent} %</span> <span \
id="sns-base-price"><span class="a-price"><span class="a-offscreen">{saved}</span></span></span></div>"""


def used_row(product: DemoProduct, offer: DemoOffer, layout: Layout) -> str:
    """Return the row of a used offer, 18 % off; every sixth product has one."""
    if number_of(product) % 6 != 1:
        return ""
    price = money((offer.price * Decimal("0.82")).quantize(CENT), layout.currency)
    return f"""<div id="usedAccordionRow" class="a-box"><div id="usedAccordionCaption_feature_div"><span \
class="a-text-bold">De 2ª mano: Como nuevo</span></div><div id="corePrice_feature_div"><span class="a-price"><span \
class="a-offscreen">{price}</span></span></div></div>"""


def delivery(offer: DemoOffer, layout: Layout) -> str:
    """Return what delivery of this one pack costs."""
    free = offer.price >= FREE_FROM
    cost = "GRATIS" if free else money(DELIVERY, layout.currency)
    text = "Entrega GRATIS" if free else f"Entrega por {cost}"
    return f"""<div id="mir-layout-DELIVERY_BLOCK"><span data-csa-c-delivery-price="{cost}" \
data-csa-c-delivery-condition="" data-csa-c-delivery-benefit-program-id="cfs">{text} mañana</span></div>"""
