"""An item of the Amazon Creators API into an offer. Pure.

{"asin": "B0...", "itemInfo": {"title": {"displayValue": "..."}, "byLineInfo": {"brand": {"displayValue": "..."}}},
 "images": {"primary": {"large": {"url": "https://..."}}},
 "offersV2": {"listings": [{"isBuyBoxWinner": true, "condition": {"value": "New"},
   "availability": {"type": "IN_STOCK", "message": "..."}, "merchantInfo": {"id": "A1...", "name": "Amazon.es"},
   "price": {"money": {"amount": 39.95, "currency": "EUR"}, "savingBasis": {"money": {"amount": 44.0}}}}]}}
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from scraping.grade import read_grade
from scraping.offer import Offer, OfferState, SellerKind
from scraping.volume import read_volume

STATES = {
    "in_stock": OfferState.IN_STOCK,
    "now": OfferState.IN_STOCK,  # the older API's word
    "in_stock_scarce": OfferState.IN_STOCK,
    "leadtime": OfferState.BACKORDER,
    "available_date": OfferState.BACKORDER,
    "preorder": OfferState.PREORDER,
}


def read_item(item: Mapping[str, Any]) -> Offer:
    """The offer of one item: the new listing that holds the buy box, or why there is none."""
    listings = [one for one in _list(item, "offersV2", "listings") if isinstance(one, Mapping)]
    new = [one for one in listings if str(_value(one, "condition", "value") or "New").casefold() == "new"]
    winner = next((one for one in new if one.get("isBuyBoxWinner")), None)
    title = str(_value(item, "itemInfo", "title", "displayValue") or "")
    offer = {
        "asin": item.get("asin"),
        "title": title,
        "brand": _value(item, "itemInfo", "byLineInfo", "brand", "displayValue"),
        "image_url": _value(item, "images", "primary", "large", "url"),
        "volume": read_volume(title),
        "grade": read_grade(title),
    }
    if winner is None:
        return Offer(**offer, state=_state_without(listings, new))
    state = STATES.get(str(_value(winner, "availability", "type") or "in_stock").casefold(), OfferState.UNAVAILABLE)
    price = amount(_value(winner, "price", "money", "amount"))
    if price is None or not state.has_price:
        return Offer(**offer, state=OfferState.UNAVAILABLE)
    seller = _value(winner, "merchantInfo", "name")
    return Offer(
        **offer,
        state=state,
        price=price,
        currency=_value(winner, "price", "money", "currency"),
        list_price=amount(_value(winner, "price", "savingBasis", "money", "amount")),
        seller=seller,
        seller_kind=_seller_kind(seller),
    )


def amount(value: Any) -> Decimal | None:
    """A positive amount of money; a JSON number goes by its shortest text, so 39.95 stays 39.95."""
    try:
        amount = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if amount > 0 else None


def _state_without(listings: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> OfferState:
    if new:
        return OfferState.NO_FEATURED_OFFER
    return OfferState.USED_ONLY if listings else OfferState.UNAVAILABLE


def _seller_kind(name: Any) -> SellerKind:
    if not name:
        return SellerKind.UNKNOWN
    return SellerKind.AMAZON if str(name).casefold().startswith("amazon") else SellerKind.THIRD_PARTY


def _value(data: Any, *path: str) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def _list(data: Any, *path: str) -> list[Any]:
    value = _value(data, *path)
    return value if isinstance(value, list) else []
