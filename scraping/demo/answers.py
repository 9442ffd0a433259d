"""What the demo shop answers to a product's address in each mode, as a value a server can send."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from scraping.demo import refusals
from scraping.demo.catalogue import PRODUCTS, DemoProduct
from scraping.demo.layout import MADRID, Layout
from scraping.demo.misbehaviour import Mode
from scraping.demo.product_page import product_page
from scraping.demo.simulation import DemoOffer, Simulation

HTML = "text/html;charset=UTF-8"
PRIVATE_ADDRESS = "http://169.254.169.254/latest/meta-data/"  # where clouds keep credentials
WITHOUT_VAT = Decimal("1.04")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole HTTP answer."""

    status: int
    body: bytes
    content_type: str = HTML
    location: str = ""
    cookie: str = ""


_FIXED: dict[Mode, tuple[int, str]] = {
    Mode.CAPTCHA: (200, refusals.CLASSIC_CAPTCHA),
    Mode.SOFT_CAPTCHA: (200, refusals.SOFT_CAPTCHA),
    Mode.WAF: (202, refusals.WAF_CHALLENGE),
    Mode.ERROR_503: (503, refusals.ERROR_503),
    Mode.DOGS_500: (500, refusals.DOGS_500),
    Mode.NOT_FOUND: (404, refusals.NOT_FOUND),
    Mode.HOME_PAGE: (200, refusals.HOME),
}
_STATES = {
    Mode.USED_ONLY: "used_only",
    Mode.NO_FEATURED_OFFER: "no_featured_offer",
    Mode.SELECT_VARIATION: "select_variation",
}


def product_answer(
    simulation: Simulation, product: DemoProduct, *, today: date, mode: Mode, place: str | None = None
) -> Answer:
    """Return the answer to `/dp/<ASIN>`, for every mode but those that spoil the connection itself.

    `place` is how the page names the place that the visitor chose.
    """
    if mode in _FIXED:
        status, page = _FIXED[mode]
        return Answer(status, page.encode())
    if mode is Mode.REDIRECT_LOOP:
        return Answer(302, b"", location=f"/dp/{product.asin}?th=1&psc=1")
    if mode is Mode.REDIRECT_TO_PRIVATE:
        return Answer(302, b"", location=PRIVATE_ADDRESS)
    if mode is Mode.WRONG_CONTENT_TYPE:
        return Answer(200, b"%PDF-1.7\n%demo\n", content_type="application/pdf")
    shown, offer, layout = _disguise(product, simulation.offer(product.asin, today), mode)
    if place and layout.place[0] == MADRID:
        layout = replace(layout, place=(place, layout.place[1]))
    return Answer(200, product_page(shown, offer, layout).encode())


def _disguise(product: DemoProduct, offer: DemoOffer, mode: Mode) -> tuple[DemoProduct, DemoOffer, Layout]:
    """Bend the truth as the mode asks: which product is shown, what it costs, where and in what layout."""
    layout = Layout(asin=product.asin, state=_STATES.get(mode, "in_stock"))
    other = PRODUCTS[(PRODUCTS.index(product) + 17) % len(PRODUCTS)]
    stocked = replace(offer, in_stock=True)
    abroad = ("Enviar a", "Estados Unidos")
    disguises = {
        Mode.OTHER_PRODUCT: (other, stocked, layout),  # identity drift: the ASIN stays, what it sells changes
        Mode.OTHER_ASIN: (other, stocked, replace(layout, asin=other.asin)),
        Mode.WRONG_LOCATION: (product, _scaled(stocked, 1 / WITHOUT_VAT), replace(layout, place=abroad)),
        Mode.OTHER_CURRENCY: (product, _scaled(stocked, Decimal("1.09")), replace(layout, currency="USD")),
        Mode.CHANGED_LAYOUT: (product, stocked, replace(layout, known_layout=False)),
        Mode.PRICE_DROP_90: (product, _scaled(stocked, Decimal("0.1")), layout),
        Mode.DECIMAL_SLIP: (product, _scaled(stocked, Decimal(100)), layout),
    }
    return disguises.get(mode, (product, offer, layout))


def _scaled(offer: DemoOffer, factor: Decimal) -> DemoOffer:
    """Return the same offer at another price."""
    cent = Decimal("0.01")
    listed = (offer.list_price * factor).quantize(cent) if offer.list_price else None
    return replace(offer, price=(offer.price * factor).quantize(cent), list_price=listed)
