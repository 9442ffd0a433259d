"""Which offers are deals: one rule, stated in the feed itself. Pure.

A deal is a price of the last 14 days, for something that can be bought now, that is either its lowest in 90 days (with
a history of at least 30) or at least 10 % below its price before, and whose litre costs no more than the middle one
of its grade today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

NEW = timedelta(days=14)
AMONG = timedelta(days=90)
LEAST_HISTORY = timedelta(days=30)
BIG_DROP = 0.10


@dataclass(frozen=True, slots=True)
class Offer:
    """A price from one moment to another, for the pack; before it whatever was there."""

    first: datetime
    last: datetime
    price: float


@dataclass(frozen=True, slots=True)
class Deal:
    """Why it is one: the low of the days before, or the price it fell from."""

    since: datetime
    low_before: float | None
    fell_from: float | None


def deal(offers: Sequence[Offer], *, per_litre: float, grade: Sequence[float], now: datetime) -> Deal | None:
    """The newest of a product's offers (in time order) if it is a deal; `grade`: today's litre prices of its grade."""
    if not offers or not grade or per_litre > median(grade):
        return None
    price, begins = offers[-1].price, len(offers) - 1
    while begins and offers[begins - 1].price == price:  # a new coupon or seller is no new price
        begins -= 1
    since, earlier = offers[begins].first, offers[:begins]
    if now - since > NEW or not earlier:
        return None
    recent = [offer.price for offer in earlier if offer.last >= since - AMONG]
    low = min(recent, default=None)
    is_low = low is not None and price < low and since - earlier[0].first >= LEAST_HISTORY
    before = earlier[-1].price
    fell = price <= before * (1 - BIG_DROP)
    if not (is_low or fell):
        return None
    return Deal(since, low if is_low else None, before if fell else None)
