"""However observations are spread over checks, in which order and how often, an event is found once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.notifications.harmless_text import harmless
from dashboard.notifications.rules import AlertState, Event, Observation, Rule, advance

START = datetime(2026, 1, 1, tzinfo=UTC)
RULES = [
    Rule("price_below", threshold=Decimal(40)),
    Rule("price_change", percent=Decimal(10)),
    Rule("price_change", percent=Decimal(10), direction="down"),
    Rule("lowest_in_days", days=5),
    Rule("back_in_stock"),
    Rule("advice_buy"),
    Rule("price_below", threshold=Decimal(40), price_kind="coupon"),
]
prices = st.sampled_from([None, *map(Decimal, (30, 35, 39, 40, 41, 45, 60))])
words = st.sampled_from(["in_stock", "unavailable", "buy", "wait"])
histories = st.lists(st.tuples(prices, words), min_size=1, max_size=15).map(
    lambda rows: [
        Observation(START + timedelta(days=day), START + timedelta(days=day, hours=20 * (day % 2)), price, word)
        for day, (price, word) in enumerate(rows)
    ]
)


def one_by_one(rule: Rule, history: list[Observation]) -> tuple[AlertState, list[Event]]:
    state, events = AlertState(), []
    for seen in history:
        state, event = advance(rule, state, [seen], past=history)
        events += [event] if event else []
    return state, events


@given(st.sampled_from(RULES), histories)
def test_seen_again_it_is_no_event(rule: Rule, history: list[Observation]) -> None:
    state, events = one_by_one(rule, history)
    for seen in [*history, *reversed(history)]:
        assert advance(rule, state, [seen], past=history) == (state, None)
    assert advance(rule, state, history, past=history) == (state, None)
    assert len({event.key for event in events}) == len(events)


@given(st.sampled_from(RULES), histories, st.data())
def test_checks_may_be_late_and_looks_may_come_in_any_order(
    rule: Rule, history: list[Observation], data: st.DataObject
) -> None:
    """Seldom checks tell no more than frequent ones, and stand where those stand."""
    state, every = one_by_one(rule, history)
    cut = data.draw(st.integers(0, len(history)))
    late, result = AlertState(), []
    for part in (history[:cut], history[cut:]):
        late, event = advance(rule, late, data.draw(st.permutations(part)), past=history)
        result += [event] if event else []
    assert late == state
    assert {event.key for event in result} <= {event.key for event in every}


@given(histories)
def test_between_two_events_the_price_was_above(history: list[Observation]) -> None:
    _, events = one_by_one(RULES[0], history)
    for one, other in pairwise(events):
        between = [seen.value for seen in history if one.at < seen.at < other.at and seen.value]
        assert max(between, default=Decimal(0)) > 40
    lows = [seen for seen in history if seen.value and seen.value <= 40]
    assert bool(events) == bool(lows)


@given(histories)
def test_changes_chain(history: list[Observation]) -> None:
    _, events = one_by_one(RULES[1], history)
    for one, other in pairwise(events):
        assert other.before == one.value
    assert all(abs(event.value / event.before - 1) >= Decimal("0.1") for event in events)  # type: ignore[operator]


@given(histories)
def test_a_low_is_below_all_the_days_before(history: list[Observation]) -> None:
    _, events = one_by_one(RULES[3], history)
    for event in events:
        days = [seen for seen in history if event.at - timedelta(days=5) <= seen.at < event.at]
        assert all(seen.value is None or seen.value > event.value for seen in days)  # type: ignore[operator]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no_such"):
        advance(Rule("no_such"), AlertState(), [Observation(START, START)])


@given(st.text())
def test_harmless_is_one_line_without_markup(text: str) -> None:
    assert not set(harmless(text)) & set("<>@\r\n\0")
    assert len(harmless(text)) <= 120


def test_a_low_of_a_single_look_seen_again_is_no_event() -> None:
    rule, low = RULES[3], START + timedelta(days=10)
    history = [Observation(START, START + timedelta(days=9), Decimal(40)), Observation(low, low, Decimal(39))]
    state, events = one_by_one(rule, history)
    assert len(events) == 1
    assert advance(rule, state, history, past=history) == (state, None)
