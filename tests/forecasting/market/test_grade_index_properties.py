"""The index of a grade: only changes of prices move it, never which products are on sale."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.market.grade_index import LONGEST_LINK, grade_index
from forecasting.series import Floats, Series

START = date(2026, 1, 1)
prices = st.floats(1, 40)
steady = st.lists(prices, min_size=1, max_size=6)
factors = st.floats(0.3, 3)


def series(values: list[float] | Floats, start: date = START, key: str = "oil") -> Series:
    table = np.array(values, dtype=float)
    return Series(key, start, table, np.isfinite(table))


@given(steady, st.lists(factors, min_size=2, max_size=12))
def test_a_common_change_moves_it_exactly(levels: list[float], changes: list[float]) -> None:
    path = np.cumprod([1.0, *changes])
    index = grade_index([series(level * path) for level in levels])  # type: ignore[arg-type]
    assert index is not None
    np.testing.assert_allclose(index.values / index.values[0], path, rtol=1e-9)
    assert index.values[0] == pytest.approx(np.median(levels))


@given(steady, prices, st.integers(1, 8), st.data())
def test_an_entering_product_never_moves_it(levels: list[float], price: float, entry: int, data: st.DataObject) -> None:
    path = np.cumprod([1.0, *data.draw(st.lists(factors, min_size=9, max_size=9))])
    catalogue = [series(level * path) for level in levels]  # type: ignore[arg-type]
    newcomer = series(price * path[entry:] / path[entry], START + timedelta(days=entry))
    before, after = grade_index(catalogue), grade_index([*catalogue, newcomer])
    assert before is not None
    assert after is not None
    np.testing.assert_allclose(after.values, before.values, rtol=1e-9)


@given(steady, prices, st.integers(1, 8))
def test_a_leaving_product_never_moves_it(levels: list[float], price: float, days: int) -> None:
    catalogue = [series([level] * 10) for level in levels]
    index = grade_index([*catalogue, series([price] * days)])
    assert index is not None
    np.testing.assert_allclose(index.values, index.values[0], rtol=1e-9)


@given(st.lists(st.lists(prices, min_size=6, max_size=6), min_size=1, max_size=5))
def test_a_fixed_set_has_no_chain_drift(table: list[list[float]]) -> None:
    index = grade_index([series(row) for row in table])
    assert index is not None
    direct = np.exp(np.mean([np.log(row[-1] / row[0]) for row in table]))
    assert index.values[-1] / index.values[0] == pytest.approx(direct)


def test_one_of_many_moves_it_by_its_share() -> None:
    """Where a median of changes would stand still."""
    index = grade_index([series([5, 5, 5]), series([6, 6, 6]), series([7, 7, 5.6]), series([8, 8, 8])])
    assert index is not None
    np.testing.assert_allclose(index.values / index.values[0], [1, 1, 0.8**0.25])
    assert index.products.tolist() == [4, 4, 4]


def test_a_silent_day_is_unknown_and_the_next_is_linked_over_it() -> None:
    index = grade_index([series([5, np.nan, 6]), series([10, np.nan, 12])])
    assert index is not None
    np.testing.assert_allclose(index.values, [np.sqrt(56.25), np.nan, np.sqrt(56.25) * 1.2])
    carried = index.series("index", START + timedelta(days=3))
    assert carried.observed.tolist() == [True, False, True, False]
    assert np.isfinite(carried.prices).all()


def test_filled_days_are_no_looks() -> None:
    carried = Series("oil", START, np.array([5.0, 5, 5]), np.array([True, False, False]))
    index = grade_index([carried, series([6, 6, 6])])
    assert index is not None
    assert index.products.tolist() == [2, 1, 1]


def test_a_stranger_waits_for_somebody_known() -> None:
    index = grade_index([series([5, np.nan, 5]), series([9, 9], START + timedelta(days=1))])
    assert index is not None
    np.testing.assert_allclose(index.values, [5, np.nan, 5])


def test_after_a_long_silence_it_begins_anew() -> None:
    later = START + timedelta(days=LONGEST_LINK + 2)
    index = grade_index([series([5.0]), series([9.0, 9.9], later)])
    assert index is not None
    assert index.start == later
    np.testing.assert_allclose(index.values, [9, 9.9])


def test_nothing_seen_is_no_index() -> None:
    assert grade_index([]) is None
    assert grade_index([series([np.nan, np.nan])]) is None
