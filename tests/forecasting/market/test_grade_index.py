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
