"""From what a page says to how the visit ended: is it the product, the place and a believable price? No writes."""

from dataclasses import dataclass
from decimal import Decimal

from scraping.amazon.address import is_asin
from scraping.grade import Grade
from scraping.identity import ProductIdentity, compare_products
from scraping.models import Product, VisitStatus
from scraping.models import SellerKind as SpellSeller
from scraping.offer import Agreement, Offer, PageKind, PageReading, SellerKind
from scraping.selectors import usual_per_litre, usual_price
from scraping.spells import Terms

HTTP_GONE = frozenset({404, 410})
PRICE_STEP = Decimal("0.0001")
PER_LITRE_BAND = (Decimal("0.5"), Decimal(150))  # EUR-like currencies; wider than any oil ever sold
LARGEST_JUMP = Decimal("0.4")  # of the usual price of the last two weeks: a larger one waits
FAR_FROM_MARKET = 6  # times dearer or cheaper per litre than its grade: small bottles cost three times as much


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a visit ends; its terms are recorded when it is OK, and held back for a person otherwise."""

    status: VisitStatus
    reason: str = ""
    terms: Terms | None = None
    held: bool = False  # for a person to decide
    new_identity: bool = False  # accepting it begins a new series
    confirmable: bool = False  # a second visit, some time later, that shows the same is proof enough


def judge(reading: PageReading, *, product: Product, http_status: int, content_type: str = "text/html") -> Verdict:
    """The verdict on one reading of a product's page."""
    offer = reading.offer
    if "html" not in content_type:
        return Verdict(VisitStatus.UNREADABLE, f"not a page but {content_type or 'something unnamed'}")
    if reading.kind == PageKind.BLOCKED:
        return Verdict(VisitStatus.BLOCKED, reading.reason)
    if http_status in HTTP_GONE:
        return Verdict(VisitStatus.GONE, f"HTTP {http_status}")
    if reading.kind == PageKind.ERROR:
        return Verdict(VisitStatus.UNREACHABLE, reading.reason)
    if reading.kind != PageKind.PRODUCT or offer is None:
        return Verdict(VisitStatus.WRONG_PRODUCT, f"not a product page: {reading.reason}")
    return (
        _wrong_product(offer, product)
        or _wrong_place(offer, product)
        or _unreadable(reading, offer)
        or _implausible(offer, product)
        or Verdict(VisitStatus.OK, reading.reason, _terms(offer))
    )


def _wrong_product(offer: Offer, product: Product) -> Verdict | None:
    if offer.asin and is_asin(product.sku) and offer.asin != product.sku:
        return Verdict(VisitStatus.WRONG_PRODUCT, f"requested {product.sku}, the page is of {offer.asin}")
    known = _known_identity(product)
    if known is None or not offer.title:
        return None
    seen = ProductIdentity(offer.title, offer.brand, offer.volume.litres if offer.volume else None)
    identity = compare_products(known, seen)
    if identity.same:
        return None
    terms = _terms(offer) if _is_whole(offer) else None
    return Verdict(VisitStatus.WRONG_PRODUCT, "; ".join(identity.reasons), terms, held=True, new_identity=True)


def _known_identity(product: Product) -> ProductIdentity | None:
    """What the listing was when its series began: an ASIN can become another product."""
    identity = product.identity or {"title": product.title, "brand": product.brand, "litres": product.litres}
    if not identity.get("title"):
        return None
    litres = identity.get("litres")
    return ProductIdentity(identity["title"], identity.get("brand") or None, Decimal(litres) if litres else None)


def _wrong_place(offer: Offer, product: Product) -> Verdict | None:
    shop = product.shop
    if offer.currency and offer.currency != shop.currency:
        return Verdict(VisitStatus.WRONG_LOCATION, f"priced in {offer.currency}, the shop's is {shop.currency}")
    place = offer.location or ""
    if shop.delivery_place and place and shop.delivery_place not in place and not any(c.isdigit() for c in place):
        # A country's name instead of a postcode: another country's taxes are in the price.
        return Verdict(VisitStatus.WRONG_LOCATION, f"delivers to {place!r}, the shop's place is {shop.delivery_place}")
    return None


def _unreadable(reading: PageReading, offer: Offer) -> Verdict | None:
    if reading.agreement == Agreement.DISAGREE:
        rivals = " and ".join(str(price) for price in reading.rivals)
        return Verdict(VisitStatus.IMPLAUSIBLE, f"the two readers disagree: {rivals}", held=True)
    if not _is_whole(offer):
        return Verdict(VisitStatus.UNREADABLE, reading.reason or "no price and no state could be read")
    return None


def _is_whole(offer: Offer) -> bool:
    """Whether state and price go together."""
    return offer.state is not None and (offer.state.has_price == (offer.price is not None))


def _implausible(offer: Offer, product: Product) -> Verdict | None:
    if offer.price is None:
        return None
    litres = product.litres or (offer.volume.litres if offer.volume else None)
    usual = Grade(product.grade) is not Grade.OTHER and litres and usual_per_litre(product)
    if litres and not PER_LITRE_BAND[0] <= offer.price / litres <= PER_LITRE_BAND[1]:
        return _held(offer, f"{offer.price} for {litres} l is not a plausible price of oil", confirmable=False)
    last = usual_price(product)
    if last and abs(offer.price - last) > LARGEST_JUMP * last:
        return _held(offer, f"{offer.price} where {last} was usual: more than {LARGEST_JUMP:.0%} away")
    if usual and litres and not usual / FAR_FROM_MARKET <= offer.price / litres <= usual * FAR_FROM_MARKET:
        return _held(offer, f"{offer.price / litres:.2f} per litre, where its grade costs {usual:.2f}")
    return None


def _held(offer: Offer, why: str, *, confirmable: bool = True) -> Verdict:
    return Verdict(VisitStatus.IMPLAUSIBLE, why, _terms(offer), held=True, confirmable=confirmable)


def _terms(offer: Offer) -> Terms:
    sellers = {SellerKind.AMAZON: SpellSeller.SHOP, SellerKind.THIRD_PARTY: SpellSeller.THIRD_PARTY}
    state = offer.state
    if state is None:
        raise ValueError("an offer without a state is judged unreadable before this")
    return Terms(
        state=state.value,
        price=offer.price.quantize(PRICE_STEP) if offer.price is not None else None,
        list_price=offer.list_price.quantize(PRICE_STEP) if offer.list_price is not None else None,
        seller_kind=sellers.get(offer.seller_kind, SpellSeller.UNKNOWN).value,
        coupon=(offer.coupon or "")[:128],
    )
