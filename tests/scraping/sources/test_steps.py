"""Steps become observations on one grid, never further apart than the shop's gap."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scraping.sources.base import Step
from scraping.sources.steps import DAY, NOON, observations_of_steps
from scraping.spells import Terms, group

GAPS = st.sampled_from([timedelta(hours=1), timedelta(hours=7), timedelta(days=1), timedelta(days=2)])
PRICES = st.sampled_from([Decimal(1), Decimal(2), Decimal(3)])
STARTS = st.lists(st.integers(0, 60 * 24 * 60), min_size=1, max_size=8, unique=True)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Step], int]:
    seconds = [60 * minute for minute in sorted(draw(STARTS))]
    steps: list[Step] = []
    for second in seconds:
        price = draw(PRICES)
        if not steps or steps[-1].terms.price != price:
            steps.append(Step(second, Terms("in_stock", price)))
    return steps, steps[-1].second + draw(st.integers(0, 60 * DAY))


def at(steps: list[Step], second: int) -> Terms:
    return next(step.terms for step in reversed(steps) if step.second <= second)


@given(histories(), GAPS)
def test_each_step_is_one_spell_with_a_look_at_both_ends(history: tuple[list[Step], int], gap: timedelta) -> None:
    steps, until = history
    observations = dict(observations_of_steps(steps, until=until, max_gap=gap))
    spells = group(observations, max_gap=gap)
    assert [spell.terms for spell in spells] == [step.terms for step in steps]
    assert [spell.seconds[0] for spell in spells] == [step.second for step in steps]
    ends = [later.second - 60 for _, later in pairwise(steps)]
    assert [spell.seconds[-1] for spell in spells] == [
        max(e, s.second) for e, s in zip([*ends, until], steps, strict=True)
    ]
    assert all(terms == at(steps, second) for second, terms in observations.items())


@given(histories(), GAPS)
def test_a_longer_past_gives_the_same_looks_again(history: tuple[list[Step], int], gap: timedelta) -> None:
    steps, until = history
    later = set(observations_of_steps(steps, until=until + 9 * DAY, max_gap=gap))
    earlier = set(observations_of_steps(steps, until=until, max_gap=gap))
    assert earlier - later <= {(until, steps[-1].terms)}


def test_three_months_are_looked_at_once_a_day_at_noon() -> None:
    held = [Step(10 * DAY + 5, Terms("in_stock", Decimal(5)))]
    observations = [second for second, _ in observations_of_steps(held, until=100 * DAY, max_gap=timedelta(days=2))]
    assert observations == [10 * DAY + 5, *(day * DAY + NOON for day in range(10, 100)), 100 * DAY]
