"""Gates and widths follow the record, and cautiously."""

import numpy as np
import pytest

from forecasting.calibration.conformal import pooled_offsets
from forecasting.calibration.recalibration import NARROWEST, WIDEST, learn_widths, rescaled
from forecasting.candidates.candidates import CONTINUOUS, STICKY
from forecasting.candidates.record import Record, cautious_mean
from forecasting.forecasters.price_change import EVENT
from forecasting.forecasters.prophet_regular import STEADY
from forecasting.quantiles import LEVELS
from forecasting.selection.gate import LAST_PRICE, choose_points, choose_spreads

PART = [slice(0, 7)]


def record(outcomes: np.ndarray, **points: np.ndarray) -> Record:
    still = np.zeros(outcomes.shape)
    normal = np.array([-1.96, -1.64, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28, 1.64, 1.96])
    spread = np.broadcast_to(normal * 0.05, (*outcomes.shape, 13))
    return Record(
        tuple(range(0, 7 * outcomes.shape[1], 7)),
        outcomes,
        {STEADY: still, EVENT: still, **points},
        {STICKY: spread, CONTINUOUS: 3 * spread},
    )


def moves(size: float, seed: int = 0, cutoffs: int = 20) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, size, (40, cutoffs, 7))


def test_without_a_record_the_steady_forecast_stands() -> None:
    empty = Record((), np.empty((3, 0, 7)), {}, {})
    assert choose_points(empty, PART) == (STEADY,)
    assert choose_spreads(empty, PART) == (STICKY,)
    assert (learn_widths(empty, [STICKY], PART) == 1).all()


def test_a_better_candidate_is_taken_and_a_harmful_one_dropped() -> None:
    outcomes = moves(0.02) - 0.1
    good = {EVENT: np.full(outcomes.shape, -0.1)}
    assert choose_points(record(outcomes, **good), PART) == (EVENT,)
    harmful = {STEADY: np.full(outcomes.shape, 0.1)}
    assert choose_points(record(outcomes, **harmful), PART) == (LAST_PRICE,)


def test_luck_on_one_origin_is_not_enough() -> None:
    outcomes = moves(0.05, cutoffs=6)
    lucky = np.zeros(outcomes.shape)
    lucky[:, 0] = outcomes[:, 0]
    lucky[:, 1:] = 0.02
    assert choose_points(record(outcomes, **{EVENT: lucky}), PART) == (STEADY,)


def test_outcomes_not_seen_yet_decide_nothing() -> None:
    unseen = np.full((4, 3, 7), np.nan)
    assert choose_points(record(unseen), PART) == (STEADY,)
    assert (learn_widths(record(unseen), [STICKY], PART) == 1).all()


@pytest.mark.parametrize(("size", "wider"), [(0.1, True), (0.02, False)])
def test_widths_follow_past_coverage(size: float, *, wider: bool) -> None:
    widths = learn_widths(record(moves(size)), [STICKY], PART)[0]
    assert (widths > 1).all() == wider
    assert ((widths >= NARROWEST) & (widths <= WIDEST)).all()


def test_well_calibrated_bands_are_left_alone() -> None:
    widths = learn_widths(record(moves(0.05, cutoffs=60)), [STICKY], PART)[0]
    np.testing.assert_allclose(widths, 1, atol=0.06)


def test_rescaling_keeps_order_and_median() -> None:
    spread = np.sort(np.random.default_rng(1).normal(0, 0.1, (3, 7, 13)), axis=-1)
    stretched = rescaled(spread, np.full((1, 6), 1.4), PART)
    assert (np.diff(stretched, axis=-1) >= 0).all()
    np.testing.assert_allclose(stretched[..., 6], spread[..., 6])


def test_few_origins_are_met_with_doubt() -> None:
    assert cautious_mean(np.array([-0.2]), 1) == pytest.approx(-0.1)
    assert cautious_mean(np.empty(0), 1) == float("inf")


def test_offsets_of_unseen_horizons_grow_with_time() -> None:
    residuals = np.full((5, 40, 30), np.nan)
    residuals[..., :7] = np.random.default_rng(0).normal(0, 0.1, (5, 40, 7))
    offsets = pooled_offsets(residuals)
    assert offsets.shape == (30, len(LEVELS))
    assert offsets[29, 12] == pytest.approx(offsets[6, 12] * np.sqrt(30 / 7))
    assert (pooled_offsets(np.full((2, 2, 5), np.nan)) == 0).all()
