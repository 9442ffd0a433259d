"""The one rule by which history is kept."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.spells import Spell, Terms, group, merge, observations_of, to_seconds

DAY = 86_400
GAP = timedelta(days=2)
terms = st.sampled_from(
    [
        Terms("in_stock", Decimal(5)),
        Terms("in_stock", Decimal(6)),
        Terms("unavailable"),
        Terms("in_stock", Decimal(5), coupon="5 %"),
    ]
)
observations = st.lists(st.tuples(st.integers(0, 40).map(lambda half_days: half_days * DAY // 2), terms), max_size=40)


def spells(*seen: tuple[int, Terms]) -> list[Spell]:
    return group(merge([], seen), max_gap=GAP)


def test_looks_without_a_change_are_one_spell() -> None:
    five = Terms("in_stock", Decimal(5))
    assert spells((0, five), (DAY, five), (2 * DAY, five)) == [Spell(five, (0, DAY, 2 * DAY))]


def test_a_changed_price_begins_a_spell() -> None:
    assert [
        s.terms.price for s in spells((0, Terms("in_stock", Decimal(5))), (DAY, Terms("in_stock", Decimal(6))))
    ] == [5, 6]


def test_a_silence_longer_than_the_gap_ends_a_spell() -> None:
    five = Terms("in_stock", Decimal(5))
    assert len(spells((0, five), (2 * DAY, five))) == 1
    assert len(spells((0, five), (2 * DAY + 1, five))) == 2


def test_of_two_answers_at_one_second_the_lower_price_is_kept_whichever_came_first() -> None:
    five, six, none = Terms("in_stock", Decimal(5)), Terms("in_stock", Decimal(6)), Terms("unavailable")
    assert merge([], [(0, five), (0, six), (0, none)]) == merge([], [(0, none), (0, six), (0, five)]) == {0: five}


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        to_seconds(datetime(2026, 1, 1))  # noqa: DTZ001


@given(observations, st.randoms())
def test_any_order_and_any_repetition_give_the_same_spells(seen: list[tuple[int, Terms]], random: object) -> None:
    shuffled = seen + seen[: len(seen) // 2]
    random.shuffle(shuffled)
    assert spells(*shuffled) == spells(*seen)


@given(observations, st.integers(0, 40))
def test_merging_into_spells_already_grouped_is_the_same_as_grouping_at_once(seen: list, cut: int) -> None:
    early, late = seen[:cut], seen[cut:]
    assert group(merge(spells(*early), late), max_gap=GAP) == spells(*seen)


@given(observations)
def test_spells_hold_every_look_once_in_order_and_do_not_touch(seen: list) -> None:
    result = spells(*seen)
    seconds = [second for spell in result for second in spell.seconds]
    assert seconds == sorted({second for second, _ in seen})
    for earlier, later in pairwise(result):
        assert earlier.terms != later.terms or later.seconds[0] - earlier.seconds[-1] > GAP.total_seconds()


@given(st.lists(st.integers(1, 10**6), max_size=20))
def test_a_stored_spell_gives_its_looks_back(pauses: list[int]) -> None:
    begin = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    spell = Spell(Terms("in_stock", Decimal(1)), observations_of(begin, pauses))
    assert spell.pauses == pauses
    assert spell.first_seen == begin
