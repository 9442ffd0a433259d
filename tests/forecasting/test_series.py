"""Spells become an even daily series; nonsense is refused in words."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.series import BadSeries, Series, Step, daily_series, fill_forward, series_of_many

DAY = date(2026, 3, 1)


def day(offset: int) -> date:
    return DAY + timedelta(days=offset)


def test_it_works() -> None:
    series = daily_series([Step(day(0), day(2), 5.0), Step(day(5), day(6), 4.5)], until=day(8), key="a")
    assert series.start == day(0)
    assert series.end == day(8)
    assert series.prices.tolist() == [5, 5, 5, 5, 5, 4.5, 4.5, 4.5, 4.5]
    assert series.observed.tolist() == [True, True, True, False, False, True, True, False, False]


@pytest.mark.parametrize("steps", [[], [Step(day(9), day(12), 5.0)]], ids=["none", "all in the future"])
def test_nothing_yet(steps: list[Step]) -> None:
    series = daily_series(steps, until=day(3))
    assert series.prices.size == 0
    assert series.observed.size == 0
    assert series.end == day(3)


def test_one_point() -> None:
    series = daily_series([Step(day(0), day(0), 5.0)], until=day(0))
    assert series.prices.tolist() == [5.0]


def test_duplicates_and_overlaps_let_the_later_one_win() -> None:
    steps = [Step(day(2), day(4), 4.0), Step(day(0), day(3), 5.0), Step(day(0), day(3), 5.0)]
    assert daily_series(steps, until=day(4)).prices.tolist() == [5, 5, 4, 4, 4]


def test_absence_is_never_a_price() -> None:
    series = daily_series([Step(day(0), day(0), 5.0), Step(day(30), day(30), 6.0)], until=day(30))
    assert np.isfinite(series.prices[:15]).all()
    assert np.isnan(series.prices[15:30]).all()
    assert series.prices[30:].tolist() == [6.0]


def test_a_gap_of_zero_days_fills_nothing() -> None:
    series = daily_series([Step(day(0), day(0), 5.0)], until=day(2), max_gap_days=0)
    assert np.isnan(series.prices[1:]).all()


@pytest.mark.parametrize("price", [0.0, -1.0, float("nan"), float("inf")])
def test_impossible_prices_are_refused(price: float) -> None:
    with pytest.raises(BadSeries, match="leave the spell out"):
        daily_series([Step(day(0), day(1), price)], until=day(1), key="a")


def test_a_spell_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadSeries, match="ends before it starts"):
        daily_series([Step(day(1), day(0), 5.0)], until=day(1))


def test_a_negative_gap_is_refused() -> None:
    with pytest.raises(BadSeries, match="0 or more"):
        daily_series([], until=day(1), max_gap_days=-1)


@pytest.mark.parametrize(
    ("prices", "observed", "text"),
    [
        ([1.0, 2.0], [True], "flat arrays"),
        ([1.0, -2.0], [True, True], "positive"),
        ([1.0, np.nan], [True, True], "observed day needs a price"),
    ],
)
def test_a_series_cannot_be_nonsense(prices: list[float], observed: list[bool], text: str) -> None:
    with pytest.raises(BadSeries, match=text):
        Series("a", DAY, np.array(prices), np.array(observed))


spells = st.lists(
    st.builds(
        lambda first, length, price: Step(day(first), day(first + length), price),
        st.integers(0, 120),
        st.integers(0, 20),
        st.floats(0.01, 1e4),
    ),
    max_size=12,
)


@given(spells, st.integers(0, 150), st.integers(0, 30))
def test_every_day_is_a_spell_s_price_or_unknown(steps: list[Step], until: int, gap: int) -> None:
    series = daily_series(steps, until=day(until), max_gap_days=gap)
    known = [step for step in steps if step.first_day <= day(until)]
    if not known:
        assert series.prices.size == 0
        return
    assert series.start == min(step.first_day for step in known)
    assert series.end == day(until)
    prices = {step.price for step in known}
    for place, (price, seen) in enumerate(zip(series.prices, series.observed, strict=True)):
        today = series.start + timedelta(days=place)
        inside = [step for step in known if step.first_day <= today <= step.last_day]
        assert seen == bool(inside)
        assert price in prices or np.isnan(price)


@given(spells, st.permutations(range(12)))
def test_the_order_of_spells_does_not_matter(steps: list[Step], order: list[int]) -> None:
    distinct = list({(step.first_day, step.last_day): step for step in steps}.values())
    shuffled = [distinct[place] for place in order if place < len(distinct)]
    one, other = daily_series(distinct, until=day(150)), daily_series(shuffled, until=day(150))
    np.testing.assert_array_equal(one.prices, other.prices)


@given(st.lists(st.one_of(st.none(), st.floats(1, 9)), min_size=1, max_size=60), st.integers(0, 9))
def test_filling_agrees_with_pandas(values: list[float | None], gap: int) -> None:
    import pandas as pd

    prices = np.array([np.nan if value is None else value for value in values])
    expected = pd.Series(prices).ffill(limit=gap).to_numpy() if gap else prices
    np.testing.assert_array_equal(fill_forward(prices, gap), expected)


def test_many_products_at_once_are_each_its_own() -> None:
    """One is silent for long at its end, one has spells that overlap, one begins after the last day."""
    steps = {
        "silent": [Step(day(0), day(1), 5.0)],
        "overlapping": [Step(day(3), day(30), 4.0), Step(day(5), day(6), 3.0), Step(day(1), day(3), 2.0)],
        "late": [Step(day(40), day(41), 9.0)],
        "alone": [Step(day(33), day(33), 7.0)],
    }
    spells = [(place, step) for place, own in enumerate(steps.values()) for step in own]
    days = np.array([(step.first_day.toordinal(), step.last_day.toordinal()) for _, step in spells])
    made = series_of_many(
        [(key, "oil") for key in steps],
        np.array([place for place, _ in spells]),
        days,
        np.array([step.price for _, step in spells]),
        until=day(35),
        max_gap_days=3,
    )
    for series, (key, own) in zip(made, steps.items(), strict=True):
        alone = daily_series(own, until=day(35), max_gap_days=3, key=key)
        assert (series.key, series.start, series.group) == (key, alone.start, "oil")
        np.testing.assert_array_equal(series.prices, alone.prices)
        np.testing.assert_array_equal(series.observed, alone.observed)
    assert made[1].prices.tolist()[:4] == [2, 2, 4, 4]
    assert np.isnan(made[0].prices[5:]).all()
