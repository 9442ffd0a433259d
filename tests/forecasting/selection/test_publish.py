"""One distribution is published: its median is the point, its quantiles never cross, its path has no way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.calibration.conformal import pooled_offsets
from forecasting.calibration.steadiness import steady, still
from forecasting.candidates.candidates import CONTINUOUS, REFERENCE, STICKY, Candidates
from forecasting.candidates.record import Record, cautious_mean
from forecasting.quantiles import LEVELS, MEDIAN
from forecasting.selection.publish import publish

NOTHING = Record((), np.empty((2, 0, 30)), {}, {})
QUANTILES = st.lists(st.floats(-0.5, 0.5), min_size=13, max_size=13)


def candidates(spread: np.ndarray, *, continuous: bool = False) -> Candidates:
    spreads = {STICKY: spread, CONTINUOUS: spread, REFERENCE: spread * 0.5}
    return Candidates(0, np.array([10.0, 5.0]), spreads, continuous)


def test_the_point_is_the_median_of_what_is_published() -> None:
    falling = np.broadcast_to(np.linspace(-0.3, -0.1, 13), (2, 30, 13))
    made = publish(candidates(falling), NOTHING, "daily")
    np.testing.assert_array_equal(made.point, made.quantiles[..., MEDIAN])
    assert made.point[0, 0] == pytest.approx(10 * np.exp(-0.2))
    assert made.chosen == {"distribution": STICKY, "median_moves": True, "shift": ""}


def test_a_market_without_a_record_stands() -> None:
    falling = np.broadcast_to(np.linspace(-0.3, -0.1, 13), (2, 30, 13))
    made = publish(candidates(falling, continuous=True), NOTHING, "daily")
    np.testing.assert_array_equal(made.point, [[10.0] * 30, [5.0] * 30])


@pytest.mark.parametrize(
    ("day", "surely", "moves"), [(14, 0.55, False), (14, 0.75, True), (15, 0.55, False), (15, 0.65, True)]
)
def test_a_move_must_be_likely_and_less_so_further_out(day: int, surely: float, *, moves: bool) -> None:
    offsets = np.where(surely > LEVELS, -0.1, 0.0)
    calm = steady(np.broadcast_to(offsets, (1, 30, 13)), "daily")
    assert (calm[0, day - 1, MEDIAN] < 0) == moves


@given(low=QUANTILES, high=QUANTILES)
def test_calmed_levels_stay_in_order_and_between_what_they_were_and_no_change(low: list, high: list) -> None:
    offsets = np.sort(np.array([[low] * 20 + [high] * 10]), axis=-1)
    for calm in (steady(offsets, "daily"), still(offsets)):
        assert (np.diff(calm, axis=-1) >= 0).all()
        assert (np.abs(calm) <= np.abs(offsets)).all()
        assert (calm * offsets >= 0).all()
        np.testing.assert_array_equal(calm[..., [0, -1]], np.where(calm[..., [0, -1]] == 0, 0, offsets[..., [0, -1]]))


@given(one=QUANTILES)
def test_a_still_forecast_s_median_is_the_last_price(one: list) -> None:
    assert (still(np.sort(np.array([[one]]), axis=-1))[..., MEDIAN] == 0).all()


def test_few_cutoffs_are_met_with_doubt() -> None:
    assert cautious_mean(np.array([-0.2]), 1) == pytest.approx(-0.1)
    assert cautious_mean(np.empty(0), 1) == float("inf")


def test_offsets_of_unseen_horizons_grow_with_time() -> None:
    residuals = np.full((5, 40, 30), np.nan)
    residuals[..., :7] = np.random.default_rng(0).normal(0, 0.1, (5, 40, 7))
    offsets = pooled_offsets(residuals)
    assert offsets.shape == (30, len(LEVELS))
    assert offsets[29, 12] == pytest.approx(offsets[6, 12] * np.sqrt(30 / 7))
    assert (pooled_offsets(np.full((2, 2, 5), np.nan)) == 0).all()
