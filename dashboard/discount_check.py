"""Is a reduction one? What a shop claims, against the lowest price of the 30 days before it. Pure.

European law says what a reduction must be measured by: "the lowest price applied by the trader during a period of time
not shorter than 30 days prior to the application of the price reduction" (Directive 98/6/EC, article 6a, paragraphs 1
and 2, added by Directive (EU) 2019/2161: https://eur-lex.europa.eu/eli/dir/1998/6/2022-05-28). Countries may let step
by step reductions count from the first step (paragraph 5); here each step counts from the one before.

The lowest price we saw is one the shop asked; there may have been a lower one in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.history import Stretch

BEFORE = timedelta(days=30)
KNOWN = 2 / 3  # of those days: less is no history to accuse anybody with


@dataclass(frozen=True, slots=True)
class DiscountCheck:
    """What the shop says a pack cost, what it costs now, and the lowest it cost before this price began."""

    listed: float
    price: float
    lowest_before: float
    began: datetime

    @property
    def claimed(self) -> float:
        """Return the change the shop claims, below zero."""
        return self.price / self.listed - 1

    @property
    def real(self) -> float:
        """Return the change from the lowest price before; above zero where it cost less before."""
        return self.price / self.lowest_before - 1


def discount_check(stretches: Sequence[Stretch], *, max_gap: timedelta) -> DiscountCheck | None:
    """Check the newest offer's reduction; None where it claims none, or too little is known of the time before.

    `stretches` are one product's, oldest first. A price that came back after a silence, or after being out of stock,
    counts as one that never left: the shop gets the benefit of the doubt.
    """
    if not stretches:
        return None
    price, listed = stretches[-1].price, stretches[-1].list_price
    if price is None or listed is None or listed <= price:
        return None
    began = _began(stretches, price)
    opens = began - BEFORE
    lowest, known = None, timedelta(0)
    for place, stretch in enumerate(stretches):
        if stretch.price is None or stretch.first >= began:
            continue
        until = min(_held_until(stretches, place, max_gap), began)
        within = until - max(stretch.first, opens)
        if within > timedelta(0):
            known += within
            lowest = stretch.price if lowest is None else min(lowest, stretch.price)
    if lowest is None or known < BEFORE * KNOWN:
        return None
    return DiscountCheck(listed, price, lowest, began)


def _began(stretches: Sequence[Stretch], price: float) -> datetime:
    began = stretches[-1].first
    for stretch in reversed(stretches):
        if stretch.price is None:
            continue
        if stretch.price != price:
            break
        began = stretch.first
    return began


def _held_until(stretches: Sequence[Stretch], place: int, max_gap: timedelta) -> datetime:
    """A price holds until the next offer begins, unless there was no visit for too long."""
    last = stretches[place].last
    following = stretches[place + 1] if place + 1 < len(stretches) else None
    return following.first if following and following.first - last <= max_gap else last
