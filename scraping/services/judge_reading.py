"""From what a page says to how the visit ended: is it the product, the place and a believable price? No writes."""

from dataclasses import dataclass, replace
from decimal import Decimal

from scraping.amazon.address import is_asin
from scraping.amazon.block import NOT_FOUND
from scraping.amazon.places import PlaceMatch, compare_places
from scraping.grade import Grade
from scraping.identity import ProductIdentity, compare_products
from scraping.models import PriceRule, Product, VisitStatus
from scraping.offer import Agreement, Offer, PageKind, PageReading
from scraping.price_choice import chosen_candidate
from scraping.selectors import usual_per_litre, usual_price
from scraping.services.offer_terms import terms_of
from scraping.services.page_source import marketplace_of
from scraping.spells import Terms

HTTP_GONE = frozenset({404, 410})
PER_LITRE_BAND = (Decimal("0.5"), Decimal(150))  # EUR-like currencies; wider than any oil ever sold
LARGEST_JUMP = Decimal("0.4")  # of the usual price of the last two weeks: a larger one waits
FAR_FROM_MARKET = 6  # times dearer or cheaper per litre than its grade: small bottles cost three times as much


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a visit ends; its terms are recorded when it is OK, and held back for a person otherwise."""

    status: VisitStatus
    reason: str = ""
    terms: Terms | None = None
    held: bool = False  # for a person to decide
    new_identity: bool = False  # accepting it begins a new series
    confirmable: bool = False  # a second visit, some time later, that shows the same is proof enough
    price_rule: PriceRule | None = None  # a person's rule that chose between two prices


def judge(reading: PageReading, *, product: Product, http_status: int, content_type: str = "text/html") -> Assessment:
    """The assessment on one reading of a product's page."""
    offer = reading.offer
    if "html" not in content_type:
        return Assessment(VisitStatus.UNREADABLE, f"not a page but {content_type or 'something unnamed'}")
    if reading.kind == PageKind.BLOCKED:
        return Assessment(VisitStatus.BLOCKED, reading.reason)
    if http_status in HTTP_GONE:
        return Assessment(VisitStatus.GONE, f"HTTP {http_status}")
    if reading.kind == PageKind.ERROR:
        return Assessment(VisitStatus.UNREACHABLE, reading.reason)
    if reading.reason == NOT_FOUND:
        return Assessment(VisitStatus.GONE, reading.reason)
    if reading.kind != PageKind.PRODUCT or offer is None:
        return Assessment(VisitStatus.WRONG_PRODUCT, f"not a product page: {reading.reason}")
    offer, rule = _settled(reading, offer, product)
    assessment = (
        _wrong_product(offer, product)
        or _wrong_place(offer, product)
        or _unreadable(reading, offer, product, rule)
        or _implausible(offer, product)
        or Assessment(VisitStatus.OK, reading.reason, _terms(offer, product))
    )
    return replace(assessment, price_rule=rule if assessment.terms else None)


def _terms(offer: Offer, product: Product) -> Terms | None:
    return terms_of(offer, basis=product.shop.price_basis)


def _settled(reading: PageReading, offer: Offer, product: Product) -> tuple[Offer, PriceRule | None]:
    """The offer with the price that a person's rule chooses, where the readers disagree and there is a rule."""
    if reading.agreement != Agreement.DISAGREE or (rule := PriceRule.objects.for_product(product)) is None:
        return offer, None
    chosen = chosen_candidate(reading.candidates, kind=rule.kind, where=rule.where)
    if chosen is None:
        return offer, None
    return replace(offer, price=chosen.amount, currency=chosen.currency or offer.currency), rule


def _wrong_product(offer: Offer, product: Product) -> Assessment | None:
    if offer.asin and is_asin(product.sku) and offer.asin != product.sku:
        return Assessment(VisitStatus.WRONG_PRODUCT, f"requested {product.sku}, the page is of {offer.asin}")
    known = _known_identity(product)
    if known is None or not offer.title:
        return None
    seen = ProductIdentity(offer.title, offer.brand, offer.volume.litres if offer.volume else None)
    identity = compare_products(known, seen)
    if identity.same:
        return None
    why, terms = "; ".join(identity.reasons), _terms(offer, product)
    return Assessment(VisitStatus.WRONG_PRODUCT, why, terms, held=True, new_identity=True)


def _known_identity(product: Product) -> ProductIdentity | None:
    """What the listing was when its series began: an ASIN can become another product."""
    identity = product.identity or {"title": product.title, "brand": product.brand, "litres": product.litres}
    if not identity.get("title"):
        return None
    litres = identity.get("litres")
    return ProductIdentity(identity["title"], identity.get("brand") or None, Decimal(litres) if litres else None)


def _wrong_place(offer: Offer, product: Product) -> Assessment | None:
    shop = product.shop
    if offer.currency and offer.currency != shop.currency:
        return Assessment(VisitStatus.WRONG_LOCATION, f"priced in {offer.currency}, the shop's is {shop.currency}")
    if not shop.delivery_place:
        return None
    match = compare_places(seen=offer.location, expected=shop.delivery_place, marketplace=marketplace_of(shop))
    if match is PlaceMatch.UNKNOWN and not shop.accepts_unknown_place:
        why = f"the page does not say which place its prices are for; the shop's place is {shop.delivery_place}"
        return Assessment(VisitStatus.UNKNOWN_LOCATION, why, _terms(offer, product), held=True)
    if match in {PlaceMatch.ABROAD, PlaceMatch.OTHER_TAXES}:
        # Another country's or area's taxes are in the price: Canary Islands, Ceuta and Melilla pay no IVA.
        why = f"delivers to {offer.location!r}, the shop's place is {shop.delivery_place}"
        return Assessment(VisitStatus.WRONG_LOCATION, why)
    if match is PlaceMatch.UNKNOWN and not offer.deliverable:
        return Assessment(
            VisitStatus.WRONG_LOCATION, "not sent to the place of the page, which does not say which it is"
        )
    return None


def _unreadable(reading: PageReading, offer: Offer, product: Product, rule: PriceRule | None) -> Assessment | None:
    if reading.agreement == Agreement.DISAGREE and rule is None:
        rivals = " and ".join(str(price) for price in reading.rivals)
        return Assessment(VisitStatus.IMPLAUSIBLE, f"the two readers disagree: {rivals}", held=True)
    if _terms(offer, product) is None:
        return Assessment(VisitStatus.UNREADABLE, reading.reason or "no price and no state could be read")
    return None


def _implausible(offer: Offer, product: Product) -> Assessment | None:
    terms = _terms(offer, product)
    if terms is None or terms.price is None:
        return None
    price, litres = terms.price, product.litres or (offer.volume.litres if offer.volume else None)
    usual = Grade(product.grade) is not Grade.OTHER and litres and usual_per_litre(product)
    if litres and not PER_LITRE_BAND[0] <= price / litres <= PER_LITRE_BAND[1]:
        return _held(terms, f"{price:.2f} for {litres} l is not a plausible price of oil", confirmable=False)
    last = usual_price(product)
    if last and abs(price - last) > LARGEST_JUMP * last:
        return _held(terms, f"{price:.2f} where {last:.2f} was usual: more than {LARGEST_JUMP:.0%} away")
    if usual and litres and not usual / FAR_FROM_MARKET <= price / litres <= usual * FAR_FROM_MARKET:
        return _held(terms, f"{price / litres:.2f} per litre, where its grade costs {usual:.2f}")
    return None


def _held(terms: Terms, why: str, *, confirmable: bool = True) -> Assessment:
    return Assessment(VisitStatus.IMPLAUSIBLE, why, terms, held=True, confirmable=confirmable)
