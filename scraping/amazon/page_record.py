"""A page's reading as a flat record: what `read_pages --json` prints, one object a line."""

from decimal import Decimal

from scraping.amazon.block import classify
from scraping.amazon.document import open_document
from scraping.amazon.page import read_document
from scraping.amazon.search import read_search_document
from scraping.offer import Candidate, Offer, PageKind, PageReading, SearchReading
from scraping.volume import UnitPrice

Record = dict[str, object]
FIELDS = (
    "file",
    "kind",
    "reason",
    "asin",
    "title",
    "price",
    "currency",
    "state",
    "list_price",
    "unit_price",
    "litres",
    "location",
    "brand",
    "grade",
    "pack",
    "coupon",
    "coupon_amount",
    "coupon_percent",
    "coupon_price",
    "prime_price",
    "instant_price",
    "subscribe_price",
    "used_price",
    "seller",
    "sender",
    "seller_kind",
    "rating",
    "reviews",
    "image_url",
    "breadcrumb",
    "marketplace",
    "agreement",
    "shipping",
    "condition",
    "deliverable",
    "gtin",
    "doubts",
    "rivals",
    "rules",
    "candidates",
)


def page_record(name: str, html: bytes) -> Record:
    """Read one page, whatever it is, and lay its reading out flat; money is text, never a float."""
    document = open_document(html)
    assessment = classify(document)
    if assessment.kind is PageKind.SEARCH:
        return _search_record(name, read_search_document(document, assessment))
    return _product_record(name, read_document(document, assessment))


def unreadable_record(name: str, reason: str) -> Record:
    """Lay out a file that could not be opened at all."""
    return _empty(name, PageKind.OTHER, reason)


def _empty(name: str, kind: PageKind, reason: str) -> Record:
    """Return a record with every field, all empty but these."""
    return {**dict.fromkeys(FIELDS), "file": name, "kind": kind.value, "reason": reason}


def _product_record(name: str, reading: PageReading) -> Record:
    """Lay out a product page, or a page that is neither product nor search."""
    record = _empty(name, reading.kind, reading.reason)
    record |= {"marketplace": reading.marketplace, "agreement": reading.agreement.value}
    if reading.offer is not None:
        record |= _offer_fields(reading.offer)
        record |= {"rivals": [str(amount) for amount in reading.rivals], "rules": dict(reading.rules)}
        record |= {"candidates": [candidate_record(one) for one in reading.candidates]}
    return record


def _offer_fields(offer: Offer) -> Record:
    """Lay out the offer."""
    return {
        "asin": offer.asin,
        "title": offer.title,
        "price": _text(offer.price),
        "currency": offer.currency,
        "state": offer.state.value if offer.state else None,
        "list_price": _text(offer.list_price),
        "unit_price": _unit(offer.unit_price),
        "litres": _text(offer.volume.litres) if offer.volume else None,
        "pack": offer.volume.pack if offer.volume else None,
        "location": offer.location,
        "brand": offer.brand,
        "grade": offer.grade.value,
        "coupon": offer.coupon.text if offer.coupon else None,
        "coupon_amount": _text(offer.coupon.amount) if offer.coupon else None,
        "coupon_percent": _text(offer.coupon.percent) if offer.coupon else None,
        "coupon_price": _text(offer.coupon.applied_to(offer.price)) if offer.coupon and offer.price else None,
        "prime_price": _text(offer.prime_price),
        "instant_price": _text(offer.instant_price),
        "shipping": _text(offer.shipping),
        "condition": offer.condition.value,
        "deliverable": offer.deliverable,
        "gtin": offer.gtin,
        "doubts": dict(offer.doubts),
        "subscribe_price": _text(offer.subscribe_price),
        "used_price": _text(offer.used_price),
        "seller": offer.seller,
        "sender": offer.sender,
        "seller_kind": offer.seller_kind.value,
        "rating": _text(offer.rating),
        "reviews": offer.reviews,
        "image_url": offer.image_url,
        "breadcrumb": list(offer.breadcrumb),
    }


def candidate_record(candidate: Candidate) -> dict[str, str]:
    """Lay out one price of the page."""
    return {
        "amount": format(candidate.amount, "f"),
        "currency": candidate.currency or "",
        "kind": candidate.kind.value,
        "where": candidate.where,
        "text": candidate.text,
    }


def _search_record(name: str, reading: SearchReading) -> Record:
    """Lay out a search page; its price, title and ASIN are those of the first tile nobody paid for."""
    first = reading.first_organic
    record = _empty(name, reading.kind, reading.reason)
    record |= {
        "marketplace": reading.marketplace,
        "location": reading.location,
        "tiles": len(reading.tiles),
        "sponsored": sum(tile.sponsored for tile in reading.tiles),
        "priced": sum(tile.price is not None for tile in reading.tiles),
        "next_url": reading.next_url,
        "first_organic": None,
    }
    if first is not None:
        organic = {
            "asin": first.asin,
            "title": first.title,
            "price": _text(first.price),
            "currency": first.currency,
        }
        record |= {"first_organic": organic, **organic}
    return record


def _unit(unit_price: UnitPrice | None) -> Record | None:
    """Lay out "31.71 EUR per 2 count"."""
    if unit_price is None:
        return None
    return {
        "amount": str(unit_price.amount),
        "currency": unit_price.currency,
        "per": str(unit_price.per),
        "unit": unit_price.unit,
    }


def _text(value: Decimal | None) -> str | None:
    """Write a decimal without an exponent."""
    return None if value is None else format(value, "f")
