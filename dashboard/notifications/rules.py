"""When an alert's moment has come: (rule, where it stands, what was seen since) -> (where it stands now, event). Pure.

Each observation is taken in once, in time order; what is older than the newest one taken in is history that nobody
is reported any more. So an event is found once however often the rules run, and its key identifies it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

BUYABLE = "in_stock"
REGULAR = "regular"


@dataclass(frozen=True, slots=True)
class Rule:
    """What to watch for; only the parameters of its kind are set. Money as in the shop, percent as 10 for 10 %."""

    kind: str
    threshold: Decimal | None = None
    percent: Decimal | None = None
    direction: str = "either"
    days: int = 0
    price_kind: str = REGULAR  # which price the values are of


@dataclass(frozen=True, slots=True)
class AlertState:
    """How far the rule has been worked out; `reference` is what a change is measured against."""

    armed: bool = True
    reference: Decimal | None = None
    seen_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation, from `at` until `until`: `value` is the pack's or the litre's price, as the rule compares it.

    `word` is the state of the offer, or the advice where the rule watches that.
    """

    at: datetime
    until: datetime
    value: Decimal | None = None
    word: str = BUYABLE


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `before` is what a change or a low is measured against."""

    key: str
    at: datetime
    value: Decimal | None = None
    before: Decimal | None = None


Step = tuple[AlertState, Event | Literal["over"] | None]


def advance(
    rule: Rule, state: AlertState, seen: Iterable[Observation], *, past: Sequence[Observation] = ()
) -> tuple[AlertState, Event | None]:
    """Take in what is new; of several events the last is reported, and none that was over before the rules ran.

    `past` is the product's history (for the lowest in so many days); it may contain what is new as well.
    """
    latest: Event | None = None
    for each in sorted(seen, key=lambda one: one.at):
        if state.seen_until is not None and each.at <= state.seen_until:
            continue
        first = state.seen_until is None
        state, event = _step(rule, state, each, past, first=first)
        state = replace(state, seen_until=max(each.at, each.until))
        if event == "over":
            latest = None
        elif event is not None:
            latest = event
    return state, latest


def _step(rule: Rule, state: AlertState, seen: Observation, past: Sequence[Observation], *, first: bool) -> Step:
    match rule.kind:
        case "price_below" | "per_litre_below":
            return _below(rule, state, seen)
        case "price_change":
            return _changed(rule, state, seen)
        case "lowest_in_days":
            return _lowest(rule, state, seen, past, first=first)
        case "back_in_stock" | "advice_buy":
            return _turned(rule, state, seen, first=first)
    raise ValueError(f"No alert is of the kind {rule.kind!r}.")


def _below(rule: Rule, state: AlertState, seen: Observation) -> Step:
    """At or below the price; armed again only by a price above it. No price at all changes nothing.

    A Prime, coupon or used price that is gone from an offer in stock is over: the next one counts anew.
    """
    if seen.value is None and rule.price_kind != REGULAR and seen.word == BUYABLE:
        return replace(state, armed=True), "over"
    if seen.value is None or rule.threshold is None:
        return state, None
    if seen.value > rule.threshold:
        return replace(state, armed=True), "over"
    if not state.armed:
        return state, None
    return replace(state, armed=False), Event(_key(rule, seen), seen.at, seen.value)


def _changed(rule: Rule, state: AlertState, seen: Observation) -> Step:
    """So many per cent away from the price when the rule was set, or last triggered."""
    if seen.value is None or rule.percent is None:
        return state, None
    before = state.reference
    if not before:
        return replace(state, reference=seen.value), None
    moved = (seen.value - before) * 100
    if abs(moved) < rule.percent * before or rule.direction == ("down" if moved > 0 else "up"):
        return state, None
    return replace(state, reference=seen.value), Event(_key(rule, seen), seen.at, seen.value, before)


def _lowest(rule: Rule, state: AlertState, seen: Observation, past: Sequence[Observation], *, first: bool) -> Step:
    """Below every other price of those days, where the history is that long; not what already stood when set."""
    if seen.value is None or first:
        return state, None
    since = seen.at - timedelta(days=rule.days)
    earlier = [one for one in past if one.at < seen.at and one.value is not None]
    recent = [one.value for one in earlier if one.until >= since and one.value is not None]
    if not recent or min(one.at for one in earlier) > since:
        return state, None
    low = min(recent)
    if seen.value >= low:  # the same low again (a new coupon, a new seller) takes nothing back
        return state, "over" if seen.value > low else None
    return state, Event(_key(rule, seen), seen.at, seen.value, low)


def _turned(rule: Rule, state: AlertState, seen: Observation, *, first: bool) -> Step:
    """The advice the alert waits for, after another one: not where it already held when the rule was set."""
    wanted = BUYABLE if rule.kind == "back_in_stock" else "buy"
    if seen.word != wanted:
        return replace(state, armed=True), "over"
    if first or not state.armed:
        return replace(state, armed=False), None
    return replace(state, armed=False), Event(_key(rule, seen), seen.at, seen.value)


def _key(rule: Rule, seen: Observation) -> str:
    named = rule.kind if rule.price_kind == REGULAR else f"{rule.kind} {rule.price_kind}"
    return f"{named} {seen.at.isoformat()}"
