"""What a price history says: daily prices, gaps, changes, the figures a buyer asks for. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

DAY = timedelta(days=1)
DAYS_OF_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """One offer from its first observation to its last; `price` is None where nothing could be bought.

    `kinds` has its other prices by their kind, as far as it has them.
    """

    first: datetime
    last: datetime
    price: float | None
    state: str = "in_stock"
    list_price: float | None = None
    kinds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a price: no visit (`no_look`), or the state that was seen instead."""

    first: datetime
    last: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of the days that had a price; money in the shop's currency, for the pack."""

    first: date
    last: date
    days: int
    low: float
    low_day: date
    high: float
    mean: float
    typical: float
    share_at_low: float
    changes: int

    @property
    def days_between_changes(self) -> int | None:
        """Return after how many days the price changes on average; None while it never has."""
        return round(self.days / self.changes) if self.changes else None

    @property
    def changes_a_month(self) -> float:
        """Return how often the price changes in a month of days with a price."""
        return self.changes / self.days * DAYS_OF_A_MONTH


def gaps(stretches: Sequence[Stretch], *, max_gap: timedelta) -> list[Gap]:
    """Return the times without a price between stretches, adjoining ones of one kind joined."""
    gaps: list[Gap] = []
    for stretch, following in pairwise([*stretches, None]):
        if stretch is None:  # only the sentinel can be None, and it never comes first
            break
        end = following.first if following and following.first - stretch.last <= max_gap else stretch.last
        if stretch.price is None:
            _add(gaps, Gap(stretch.first, end, stretch.state))
        if following and end != following.first:
            _add(gaps, Gap(stretch.last, following.first, "no_look"))
    return gaps


def _add(gaps: list[Gap], gap: Gap) -> None:
    if gaps and gaps[-1].state == gap.state and gaps[-1].last == gap.first:
        gaps[-1] = Gap(gaps[-1].first, gap.last, gap.state)
    else:
        gaps.append(gap)


def joined(stretches: Sequence[Stretch], *, max_gap: timedelta) -> list[Stretch]:
    """Return the stretches with neighbours of one price joined: a new coupon or seller is no new price.

    Their other kinds of price may differ, so a joined stretch has those of its first: see `of_kind`.
    """
    merged: list[Stretch] = []
    for stretch in stretches:
        last = merged[-1] if merged else None
        if (
            last
            and (last.price, last.list_price, last.state) == (stretch.price, stretch.list_price, stretch.state)
            and stretch.first - last.last <= max_gap
        ):
            merged[-1] = replace(last, last=stretch.last)
        else:
            merged.append(stretch)
    return merged


def kinds_of(stretches: Sequence[Stretch]) -> set[str]:
    """Return the kinds of price that were ever seen beside the price."""
    return {kind for stretch in stretches for kind in stretch.kinds}


def of_kind(stretches: Sequence[Stretch], kind: str, *, max_gap: timedelta) -> list[Stretch]:
    """Return one kind of price, None where an offer lacked it, of stretches that are not joined yet."""
    prices = [replace(stretch, price=stretch.kinds.get(kind), list_price=None, kinds={}) for stretch in stretches]
    return joined(prices, max_gap=max_gap)


@dataclass(frozen=True, slots=True)
class LastPrice:
    """What something cost before it had no price, and since when it has none."""

    price: float
    gone_since: datetime


def last_price(stretches: Sequence[Stretch]) -> LastPrice | None:
    """Return the last price of what has none now; None where it has one, or never had."""
    gone_since = None
    for stretch in reversed(stretches):
        if stretch.price is not None:
            return LastPrice(stretch.price, gone_since) if gone_since else None
        gone_since = stretch.first
    return None


def daily(stretches: Sequence[Stretch], *, max_gap: timedelta) -> dict[date, float]:
    """Return the price of each day that had one; a day with two takes the later."""
    prices: dict[date, float] = {}
    for stretch, following in pairwise([*stretches, None]):
        if stretch is None or stretch.price is None:
            continue
        held = following is not None and following.first - stretch.last <= max_gap
        end = following.first.date() - DAY if held and following else stretch.last.date()
        for day in days(stretch.first.date(), max(end, stretch.last.date())):
            prices[day] = stretch.price
    return prices


def days(first: date, last: date) -> Iterator[date]:
    """Yield every day from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def change(prices: dict[date, float], *, until: date, over: int = 30) -> float | None:
    """Return the relative change over so many days; None where one of the two days had no price."""
    now, then = prices.get(until), prices.get(until - timedelta(days=over))
    return now / then - 1 if now and then else None


def statistics_over(prices: dict[date, float], over: timedelta | None) -> Statistics | None:
    """Return the figures of a time before the last day with a price; None: all of it."""
    if not prices:
        return None
    return statistics(prices, since=max(prices) - over if over else min(prices))


def statistics(prices: dict[date, float], *, since: date) -> Statistics | None:
    """Return the figures of the days from `since` on; None where there is no price."""
    chosen = {day: price for day, price in sorted(prices.items()) if day >= since}
    if not chosen:
        return None
    values = list(chosen.values())
    low = min(values)
    typical = max(Counter(values).items(), key=lambda item: (item[1], -item[0]))[0]
    return Statistics(
        first=min(chosen),
        last=max(chosen),
        days=len(values),
        low=low,
        low_day=max(day for day, price in chosen.items() if price == low),
        high=max(values),
        mean=sum(values) / len(values),
        typical=typical,
        share_at_low=values.count(low) / len(values),
        changes=sum(a != b for a, b in pairwise(values)),
    )
