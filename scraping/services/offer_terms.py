"""From what a page says to what is recorded: which of its prices is the price is the shop's setting."""

from dataclasses import replace
from decimal import Decimal

from scraping.models import PriceBasis
from scraping.models import SellerKind as SpellSeller
from scraping.offer import Condition, Offer, OfferState, SellerKind
from scraping.spells import Terms

PRICE_STEP = Decimal("0.0001")
_SELLERS = {SellerKind.AMAZON: SpellSeller.SHOP, SellerKind.THIRD_PARTY: SpellSeller.THIRD_PARTY}


def terms_of(offer: Offer, *, basis: str = PriceBasis.REGULAR) -> Terms | None:
    """The terms of an offer; None where state and price do not go together (a price is missing, or too much).

    Where the page lacks the price of the shop's setting, what anyone pays is the price. A renewed product is no new
    one: its price is kept as the used price.
    """
    if offer.state is None:
        return None
    if offer.condition is not Condition.NEW and offer.price is not None:
        return _terms(offer, state=OfferState.USED_ONLY, price=None, used=_lower(offer.used_price, offer.price))
    price = _by_basis(offer, basis)
    if offer.state.has_price != (price is not None):
        return None
    return _terms(offer, state=offer.state, price=price, used=offer.used_price)


def _by_basis(offer: Offer, basis: str) -> Decimal | None:
    if not (offer.state and offer.state.has_price):
        return offer.price
    special = {
        PriceBasis.PRIME.value: offer.prime_price,
        PriceBasis.SUBSCRIPTION.value: offer.subscribe_price,
        PriceBasis.COUPON.value: offer.coupon.applied_to(offer.price) if offer.coupon and offer.price else None,
    }
    return special.get(str(basis)) or offer.price


def _terms(offer: Offer, *, state: OfferState, price: Decimal | None, used: Decimal | None) -> Terms:
    coupon = offer.coupon
    terms = Terms(
        state=state.value,
        price=_step(price),
        list_price=_step(offer.list_price),
        regular_price=_step(offer.price) if price is not None and offer.price != price else None,
        prime_price=_step(offer.prime_price),
        subscribe_price=_step(offer.subscribe_price),
        used_price=_step(used),
        coupon=coupon.text[:128] if coupon else "",
        coupon_amount=_step(coupon.amount) if coupon else None,
        coupon_percent=coupon.percent if coupon else None,
        shipping=_step(offer.shipping),
        seller=(offer.seller or "")[:128],
        seller_kind=_SELLERS.get(offer.seller_kind, SpellSeller.UNKNOWN).value,
        condition=offer.condition.value,
    )
    return terms if _coupon_leaves_something(terms) else replace(terms, coupon_amount=None)


def _coupon_leaves_something(terms: Terms) -> bool:
    """Whether an amount off is less than what anyone pays: the words of a larger one are of another offer."""
    paid = terms.regular_price or terms.price
    return terms.coupon_amount is None or paid is None or terms.coupon_amount < paid


def _step(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(PRICE_STEP)


def _lower(*amounts: Decimal | None) -> Decimal | None:
    return min((amount for amount in amounts if amount is not None), default=None)
