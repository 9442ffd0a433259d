"""A jump that stays is another unit; one that goes back was a wrong price; the rest is the market."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.explain import note_text, refusal_text
from forecasting.features.unit_change import SPIKE, jumped, unit_change
from forecasting.pipeline import forecast_catalogue
from forecasting.series import Series
from tests.forecasting.conftest import START


def jumping(factor: float, at: int = 60, days: int = 120) -> np.ndarray:
    prices = np.where(np.arange(days) // 10 % 2, 5.0, 5.2)
    prices[at:] *= factor
    return prices


@pytest.mark.parametrize("factor", [10.0, 4.0, 0.25, 0.001])
def test_it_works(factor: float) -> None:
    change, counted = unit_change(jumping(factor), START)
    assert change is not None
    assert change.day == START + timedelta(days=60)
    assert change.factor == pytest.approx(factor, rel=0.05)
    assert np.isnan(counted[:60]).all()
    np.testing.assert_array_equal(counted[60:], jumping(factor)[60:])


def test_a_jump_is_confirmed_once_no_return_could_make_it_a_spike() -> None:
    """Refused or noted meanwhile in words that leave it open; gone back, the history counts at once."""
    for stayed in (0, 5, SPIKE - 1, SPIKE):
        change, _ = unit_change(jumping(10.0, at=119 - stayed), START)
        assert change is not None
        assert change.confirmed is (stayed >= SPIKE)
        assert ("may be a wrong price" in note_text(change.note)) is not change.confirmed
        assert ("and stayed" in note_text(change.note)) is change.confirmed
        back = np.append(jumping(10.0, at=119 - stayed), 5.0)
        again, counted = unit_change(back, START)
        assert (again is None) is (not change.confirmed)
        assert bool(np.isfinite(counted[0])) is (not change.confirmed)


def test_what_was_said_of_a_price_does_not_hold_for_one_that_jumped() -> None:
    assert jumped(5.0, 50.0)
    assert jumped(50.0, 5.0)
    assert not jumped(5.0, 14.0)
    assert not jumped(14.0, 5.0)


def test_a_spike_is_left_out_and_the_history_kept() -> None:
    prices = jumping(1.0)
    prices[50:53] = 50.0
    change, counted = unit_change(prices, START)
    assert change is None
    assert np.isnan(counted[50:53]).all()
    assert np.isfinite(np.delete(counted, [50, 51, 52])).all()


def test_a_jump_over_a_gap_counts_and_a_slow_rise_does_not() -> None:
    gap = jumping(10.0)
    gap[40:60] = np.nan
    change, _ = unit_change(gap, START)
    assert change is not None
    assert change.day == START + timedelta(days=60)
    slow = 5 * np.exp(np.linspace(0, np.log(8), 300))
    assert unit_change(slow, START)[0] is None


@given(st.lists(st.floats(0.01, 1e5) | st.just(np.nan), max_size=60))
def test_whatever_the_prices_no_jump_is_left(prices: list[float]) -> None:
    known = np.array(prices, dtype=np.float64)
    _, counted = unit_change(known, START)
    left = counted[np.isfinite(counted)]
    assert (np.abs(np.diff(np.log(left))) <= np.log(3) + 1e-9).all()
    if np.isfinite(known).any():
        assert np.isfinite(counted[np.isfinite(known)][-1])


def test_it_is_told_and_not_extrapolated() -> None:
    days, usual = 120, jumping(1.0)
    catalogue = [
        Series(key, START, prices, np.ones(days, dtype=bool))
        for key, prices in (("usual", usual), ("long ago", jumping(10.0)), ("just now", jumping(10.0, at=115)))
    ]
    made = forecast_catalogue(catalogue, horizon=14)
    reason = refusal_text(made.refused["just now"])
    assert "factor of 10" in reason
    assert "at least 14" in reason
    assert "may be a wrong price" in reason
    product = made.products["long ago"]
    assert "another unit or pack" in note_text(product.skill.notes[0])
    assert product.quantiles.min() > 0.5 * product.last_price
    assert product.quantiles.max() < 2 * product.last_price
    assert made.products["usual"].quantiles.max() < 10
