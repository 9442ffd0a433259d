"""What a price history says over its whole length, by time: averages, lowest and highest ever. Pure.

The rule: a price holds from the check that first found it to the check that found the next one, as long as no two
checks are further apart than the shop's `max_gap`; across a longer gap it holds to its last check only. Time without
a price (no check, or nothing to buy) counts for nothing, and each second of the rest counts the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from dashboard.history import Stretch, of_kind

AVERAGED = tuple(timedelta(days=days) for days in (30, 90, 365))
SAME = 1e-9  # prices are cents: closer than this, relatively, is the same price


@dataclass(frozen=True, slots=True)
class HeldPrice:
    """One price and the time it held; `begin` == `end` for a price found by a single check."""

    begin: datetime
    end: datetime
    price: float

    def seconds(self, since: datetime) -> float:
        """How long it held after a moment."""
        return max(0.0, (self.end - max(self.begin, since)).total_seconds())


@dataclass(frozen=True, slots=True)
class PriceStatistics:
    """Figures of one kind of price over all its history, in the shop's currency, for the pack.

    `current` is None where the last check found no such price; `averages` are those of the 30, 90 and 365 days before
    the last check, None for a time without a price. `share_at_low`: of the time with a price, at the lowest ever.
    """

    kind: str
    current: float | None
    averages: tuple[float | None, ...]
    low: float
    low_at: datetime
    high: float
    high_at: datetime
    share_at_low: float


def held_prices(stretches: Sequence[Stretch], *, max_gap: timedelta) -> list[HeldPrice]:
    """Return the prices with the time each held, by the rule above; `stretches` are in time order."""
    held = []
    for stretch, following in pairwise([*stretches, None]):
        if stretch is None or stretch.price is None:
            continue
        until = following.first if following and following.first - stretch.last <= max_gap else stretch.last
        held.append(HeldPrice(stretch.first, max(until, stretch.last), stretch.price))
    return held


def average(held: Sequence[HeldPrice], *, since: datetime) -> float | None:
    """Return the mean price after a moment, each second counting the same; None where there was no price.

    Where only single checks found one, those count the same.
    """
    weights = [(price.seconds(since), price.price) for price in held if price.end >= since]
    total = sum(seconds for seconds, _ in weights)
    if total:
        return sum(seconds * price for seconds, price in weights) / total
    return sum(price for _, price in weights) / len(weights) if weights else None


def usual_price(held: Sequence[HeldPrice], *, since: datetime) -> float | None:
    """Return the median price after a moment: half of the time with a price it cost that or less; None without any."""
    weights = sorted((price.price, price.seconds(since)) for price in held)
    total, passed = sum(seconds for _, seconds in weights), 0.0
    for price, seconds in weights:
        passed += seconds
        if total and passed >= total / 2:
            return price
    return None


def price_statistics(stretches: Sequence[Stretch], *, max_gap: timedelta) -> list[PriceStatistics]:
    """Return the figures of the price, and of each other kind ever found, the price first.

    `stretches` are not joined: one that differs in a coupon alone would hide the other kinds of price.
    """
    kinds = sorted({kind for stretch in stretches for kind in stretch.kinds})
    lists = [Stretch(each.first, each.last, each.list_price) for each in stretches]
    series = {"": stretches, "list": lists, **{kind: of_kind(stretches, kind, max_gap=max_gap) for kind in kinds}}
    figures = (_figures(kind, each, max_gap) for kind, each in series.items())
    return [each for each in figures if each]


def _figures(kind: str, stretches: Sequence[Stretch], max_gap: timedelta) -> PriceStatistics | None:
    held = held_prices(stretches, max_gap=max_gap)
    if not held:
        return None
    low, high = min(each.price for each in held), max(each.price for each in held)
    last = stretches[-1]
    times = [(each.end - each.begin).total_seconds() or 0.0 for each in held]
    weights = times if any(times) else [1.0] * len(held)
    at_low = sum(weight for each, weight in zip(held, weights, strict=True) if each.price <= low * (1 + SAME))
    return PriceStatistics(
        kind=kind,
        current=last.price,
        averages=tuple(average(held, since=last.last - over) for over in AVERAGED),
        low=low,
        low_at=max(each.end for each in held if each.price <= low * (1 + SAME)),
        high=high,
        high_at=max(each.end for each in held if each.price >= high * (1 - SAME)),
        share_at_low=at_low / sum(weights),
    )
