"""How long a silence the index is carried over."""

from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.market.grade_index import table_index

START = date(2026, 1, 1)


@pytest.mark.parametrize(("silence", "values", "start"), [(14, [5, 8], START), (15, [8], START + timedelta(days=15))])
def test_a_fortnight_is_linked_over_and_no_day_more(silence: int, values: list[float], start: date) -> None:
    prices = np.full((1, silence + 1), np.nan)
    prices[0, [0, silence]] = 5, 8
    index = table_index(START, prices)
    assert index is not None
    assert index.start == start
    np.testing.assert_allclose(index.values[np.isfinite(index.values)], values)


@pytest.mark.parametrize(("gap", "counted"), [(14, True), (15, False)])
def test_a_change_in_a_gap_of_a_fortnight_counts_on_the_return(gap: int, *, counted: bool) -> None:
    prices = np.full((2, gap + 1), 5.0)
    prices[1, 1:gap] = np.nan
    prices[1, gap] = 4.0
    index = table_index(START, prices)
    assert index is not None
    np.testing.assert_allclose(index.values[:gap], 5)
    np.testing.assert_allclose(index.values[gap], 5 * 0.8**0.5 if counted else 5)
    assert index.products.tolist() == [2, *[1] * (gap - 1), 2 if counted else 1]
