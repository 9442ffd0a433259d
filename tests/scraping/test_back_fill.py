"""What a source says fits around our own observations and never changes what we saw."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scraping.backfill import fit
from scraping.spells import Terms, group

HOUR, DAY = 3600, 86_400
GAP = timedelta(days=2)
TERMS = [
    Terms("in_stock", Decimal(40), seller_kind="shop"),
    Terms("in_stock", Decimal(40), list_price=Decimal(44), seller_kind="shop", coupon="5 %"),
    Terms("in_stock", Decimal(42), seller_kind="third_party"),
    Terms("unavailable"),
]
OBSERVATIONS = st.dictionaries(st.integers(0, 240).map(lambda hour: hour * HOUR), st.sampled_from(TERMS), max_size=30)


def filled(own: dict[int, Terms], text: dict[int, Terms]) -> dict[int, Terms]:
    return fit(group(own, max_gap=GAP), text.items(), max_gap=GAP)


@given(OBSERVATIONS, OBSERVATIONS)
def test_our_looks_stand_and_the_same_again_changes_nothing(own: dict[int, Terms], text: dict[int, Terms]) -> None:
    once = filled(own, text)
    assert own.items() <= once.items()
    assert filled(once, text) == once


@given(OBSERVATIONS, OBSERVATIONS, OBSERVATIONS)
def test_a_stretch_we_watched_gets_no_more_spells(
    own: dict[int, Terms], text: dict[int, Terms], more: dict[int, Terms]
) -> None:
    begin, end = (min(own), max(own)) if own else (0, -1)
    watched = {second: own.get(second, TERMS[3]) for second in range(begin, end + 1, DAY)} | own
    after = filled(filled(watched, text), more)
    inside = {second: terms for second, terms in after.items() if begin <= second <= end}
    before = [spell.terms for spell in group(watched, max_gap=GAP)]
    assert [spell.terms for spell in group(inside, max_gap=GAP)] == before


def test_a_look_that_agrees_goes_on_with_our_spell() -> None:
    plain, seen = TERMS[0], TERMS[1]
    after = filled({0: seen, DAY: seen}, {DAY // 2: plain, DAY + HOUR: plain})
    assert [spell.terms for spell in group(after, max_gap=GAP)] == [seen]
    assert len(after) == 4


def test_a_look_that_contradicts_us_is_left_out() -> None:
    assert filled({0: TERMS[0], DAY: TERMS[0]}, {HOUR: TERMS[2]}) == {0: TERMS[0], DAY: TERMS[0]}


def test_before_and_after_us_a_source_says_what_it_knows() -> None:
    own = {10 * DAY: TERMS[1]}
    after = filled(own, {8 * DAY: TERMS[0], 9 * DAY: TERMS[0], 14 * DAY: TERMS[2]})
    assert [spell.terms for spell in group(after, max_gap=GAP)] == [TERMS[0], TERMS[1], TERMS[2]]
