"""Quantiles are monotone, and what is read from them is a probability."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from forecasting.calibration.widening import widened
from forecasting.quantiles import LEVELS, crps, ordered, pinball, probability_below

rows = arrays(float, (3, 13), elements=st.floats(0.5, 20))


@given(rows)
def test_ordered_is_monotone_and_never_worse(raw: np.ndarray) -> None:
    actual = np.array([1.0, 5.0, 10.0])
    assert (np.diff(ordered(raw), axis=-1) >= 0).all()
    assert (crps(actual, ordered(raw)) <= crps(actual, raw) + 1e-9).all()


@given(rows, st.floats(0.4, 21))
def test_probability_below_is_a_probability(raw: np.ndarray, price: float) -> None:
    chance = probability_below(ordered(raw), np.full(3, price))
    assert ((chance >= 0) & (chance <= 1)).all()


def test_an_atom_at_the_price_is_not_below_it() -> None:
    quantiles = np.array([[4.0, 4.0, *[5.0] * 11]])
    assert 0.05 <= probability_below(quantiles, np.array([5.0]))[0] <= 0.1
    assert probability_below(np.full((1, 13), 5.0), np.array([5.0]))[0] == 0


def test_pinball_is_zero_at_the_truth_and_leans_by_level() -> None:
    assert pinball(np.array([5.0]), np.full((1, 13), 5.0)).sum() == 0
    np.testing.assert_allclose(pinball(np.array([6.0]), np.full((1, 13), 5.0))[0], LEVELS)


@given(rows, rows)
def test_widening_never_narrows(raw: np.ndarray, other: np.ndarray) -> None:
    narrow, reference = ordered(raw), ordered(other)
    wide = widened(narrow, reference)
    assert (wide[:, :6] <= narrow[:, :6] + 1e-9).all()
    assert (wide[:, 7:] >= narrow[:, 7:] - 1e-9).all()
