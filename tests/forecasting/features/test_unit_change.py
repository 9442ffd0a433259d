"""How long a wrong price may stand before it is another unit."""

from datetime import date

import numpy as np
import pytest

from forecasting.features.unit_change import unit_change


@pytest.mark.parametrize(("days", "changed"), [(14, False), (15, True)])
def test_who_is_back_within_a_fortnight_had_a_wrong_price(days: int, *, changed: bool) -> None:
    prices = np.concatenate([np.full(20, 10.0), np.full(days, 100.0), np.full(20, 10.0)])
    change, counted = unit_change(prices, date(2026, 1, 1))
    assert (change is not None) == changed
    assert np.isnan(counted[20 : 20 + days]).all()
    assert np.isnan(counted[:20]).all() == changed
