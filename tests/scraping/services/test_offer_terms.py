"""Which of a page's prices is recorded as the price: the shop's setting decides, and the others are kept beside it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scraping.models import PriceBasis
from scraping.offer import Condition, Coupon, Offer, OfferState, SellerKind
from scraping.services.offer_terms import terms_of
from scraping.spells import Terms

FULL = Offer(
    "B0OLIVA001",
    "Aceite",
    state=OfferState.IN_STOCK,
    price=Decimal("42.95"),
    currency="EUR",
    list_price=Decimal("49.99"),
    coupon=Coupon("Cupón del 10 %", percent=Decimal(10)),
    prime_price=Decimal("39.95"),
    subscribe_price=Decimal("40.80"),
    used_price=Decimal("30.00"),
    shipping=Decimal(0),
    seller="Olivarera",
    seller_kind=SellerKind.THIRD_PARTY,
)


def terms(offer: Offer, basis: str = PriceBasis.REGULAR) -> Terms:
    made = terms_of(offer, basis=basis)
    assert made is not None
    return made


def test_every_price_is_kept_beside_what_anyone_pays() -> None:
    made = terms(FULL)
    assert made == Terms(
        state="in_stock",
        price=Decimal("42.95"),
        list_price=Decimal("49.99"),
        regular_price=None,
        prime_price=Decimal("39.95"),
        subscribe_price=Decimal("40.80"),
        used_price=Decimal("30.00"),
        coupon="Cupón del 10 %",
        coupon_percent=Decimal(10),
        shipping=Decimal(0),
        seller="Olivarera",
        seller_kind="third_party",
    )


@pytest.mark.parametrize(
    ("basis", "price"),
    [
        (PriceBasis.PRIME, Decimal("39.95")),
        (PriceBasis.SUBSCRIPTION, Decimal("40.80")),
        (PriceBasis.COUPON, Decimal("38.66")),
    ],
)
def test_the_shops_setting_chooses_the_price(basis: str, price: Decimal) -> None:
    made = terms(FULL, basis)
    assert (made.price, made.regular_price) == (price, Decimal("42.95"))
    plain = replace(FULL, prime_price=None, subscribe_price=None, coupon=None)
    assert (terms(plain, basis).price, terms(plain, basis).regular_price) == (Decimal("42.95"), None)


def test_a_price_for_members_alone_is_one_only_where_the_shop_says_so() -> None:
    offer = replace(FULL, price=None, coupon=None)
    assert terms_of(offer) is None
    assert terms(offer, PriceBasis.PRIME).price == Decimal("39.95")


def test_a_renewed_one_is_no_new_one() -> None:
    made = terms(replace(FULL, condition=Condition.RENEWED))
    assert (made.state, made.price, made.used_price, made.condition) == ("used_only", None, Decimal("30.00"), "renewed")
    alone = terms(replace(FULL, condition=Condition.RENEWED, used_price=None))
    assert alone.used_price == Decimal("42.95")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": None},
        {"state": OfferState.IN_STOCK, "price": None},
        {"state": OfferState.UNAVAILABLE},
    ],
)
def test_state_and_price_go_together(changes: dict[str, object]) -> None:
    assert terms_of(replace(FULL, **changes)) is None  # type: ignore[arg-type]


def test_a_coupon_larger_than_the_price_is_another_offers() -> None:
    made = terms(replace(FULL, coupon=Coupon("Cupón de 50 €", amount=Decimal(50))))
    assert (made.coupon, made.coupon_amount) == ("Cupón de 50 €", None)
