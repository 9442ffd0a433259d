"""Observations into price spells: the one rule by which history is stored. Pure.

A spell is a longest run of observations, in time order, of the same terms with no pause longer than `max_gap` between
neighbours. The spells depend on the set of observations alone, so one that comes twice, late or out of order changes
nothing that it should not. Times are whole seconds of UTC.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Terms:
    """What must stay the same for a spell to go on. Money in the shop's currency; None is "the page does not say"."""

    state: str
    price: Decimal | None = None
    list_price: Decimal | None = None
    regular_price: Decimal | None = None
    prime_price: Decimal | None = None
    subscribe_price: Decimal | None = None
    used_price: Decimal | None = None
    coupon: str = ""
    coupon_amount: Decimal | None = None
    coupon_percent: Decimal | None = None
    shipping: Decimal | None = None
    seller: str = ""
    seller_kind: str = "unknown"
    condition: str = "new"

    def rank(self) -> tuple[tuple[bool, Decimal | str], ...]:
        """An order that needs no clock: of two answers at one second the lower rank is kept, whichever came first.

        A price goes before none, the lower price before the higher; where prices are equal the other terms decide.
        """
        values = (self.price, self.list_price, *(getattr(self, field.name) for field in fields(self)))
        return tuple((value is None, "" if value is None else value) for value in values)


@dataclass(frozen=True, slots=True)
class Spell:
    """Terms and the seconds (since 1970, ascending) at which they were seen."""

    terms: Terms
    seconds: tuple[int, ...]

    @property
    def first_seen(self) -> datetime:
        """The first observation."""
        return from_seconds(self.seconds[0])

    @property
    def last_seen(self) -> datetime:
        """The last observation."""
        return from_seconds(self.seconds[-1])

    @property
    def pauses(self) -> list[int]:
        """Seconds between one observation and the next: how a spell is stored."""
        return [later - earlier for earlier, later in pairwise(self.seconds)]


def to_seconds(moment: datetime) -> int:
    """An aware moment as whole seconds since 1970; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no timezone; observations are stored in UTC.")
    return int(moment.timestamp())


def from_seconds(seconds: int) -> datetime:
    """Seconds since 1970 as an aware moment."""
    return datetime.fromtimestamp(seconds, tz=UTC)


def observations_of(first_seen: datetime, pauses: Iterable[int]) -> tuple[int, ...]:
    """The observations of a stored spell."""
    seconds = [to_seconds(first_seen)]
    for pause in pauses:
        seconds.append(seconds[-1] + pause)
    return tuple(seconds)


def merge(spells: Iterable[Spell], observations: Iterable[tuple[int, Terms]]) -> dict[int, Terms]:
    """Every observation of the spells together with the new ones; two at one second are settled by `Terms.rank`."""
    seen = {second: spell.terms for spell in spells for second in spell.seconds}
    for second, terms in observations:
        known = seen.get(second)
        if known is None or (known != terms and terms.rank() < known.rank()):
            seen[second] = terms
    return seen


def group(observations: Mapping[int, Terms], *, max_gap: timedelta) -> list[Spell]:
    """The spells of these observations (second -> terms), in time order."""
    longest = int(max_gap.total_seconds())
    spells: list[Spell] = []
    run: list[int] = []
    terms: Terms | None = None
    for second in sorted(observations):
        seen = observations[second]
        if run and (second - run[-1] > longest or (seen is not terms and seen != terms)):
            spells.append(Spell(observations[run[0]], tuple(run)))
            run = []
        run.append(second)
        terms = seen
    if run:
        spells.append(Spell(observations[run[0]], tuple(run)))
    return spells
