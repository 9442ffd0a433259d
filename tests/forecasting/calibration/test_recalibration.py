"""Widths follow the past, as far as there is enough of it, and never further than their limits."""

import numpy as np
import pytest

from forecasting.calibration.recalibration import learn_widths
from forecasting.candidates.candidates import STICKY
from forecasting.candidates.record import Record
from forecasting.series import Floats

DAYS, CUTOFFS = 7, 20
PART = [slice(0, DAYS)]
NORMAL = np.array([-1.96, -1.64, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28, 1.64, 1.96])
BOX = np.sign(np.arange(13) - 6.0)  # every band as wide as the others
TRUST = 20 / 23  # twenty cutoffs beside a doubt worth three


def widths(outcomes: Floats, *, bands: Floats = NORMAL, apart: int = DAYS) -> Floats:
    """The factors learned where every band was made for outcomes of 5 %, from cutoffs so many days apart."""
    spread = np.broadcast_to(bands * 0.05, (*outcomes.shape, 13))
    record = Record(tuple(range(0, apart * outcomes.shape[1], apart)), outcomes, {}, {STICKY: spread})
    return np.asarray(learn_widths(record, [STICKY], PART)[0])


def calm(unchanged: float = 0.0) -> Floats:
    """Log outcomes much smaller than the bands, and this share of them no change at all."""
    rng = np.random.default_rng(0)
    outcomes = rng.normal(0, 0.001, (40, CUTOFFS, DAYS))
    return np.where(rng.random(outcomes.shape) < unchanged, 0.0, outcomes)


@pytest.mark.parametrize(("unchanged", "tails"), [(0.3, 0.75), (0.7, 0.9)])
def test_on_shelves_that_stand_still_the_tails_stay_wider_than_the_body(unchanged: float, tails: float) -> None:
    learned = widths(calm(unchanged))
    np.testing.assert_allclose(learned[:2], tails**TRUST)
    np.testing.assert_allclose(learned[2:], 0.75**TRUST)


def test_bands_never_grow_by_more_than_three_fifths() -> None:
    wild = np.random.default_rng(0).normal(0, 1, (40, CUTOFFS, DAYS))
    np.testing.assert_allclose(widths(wild), 1.6**TRUST)


def test_cutoffs_that_share_their_outcomes_are_trusted_less() -> None:
    """Twenty cutoffs a day apart, each with a week of outcomes, know no more than three weeks do."""
    evidence = CUTOFFS / DAYS
    np.testing.assert_allclose(widths(calm(), apart=1), 0.75 ** (evidence / (evidence + 3)))


@pytest.mark.parametrize(("pairs", "learned"), [(19, 1.0), (20, 0.75**0.25)])
def test_fewer_than_twenty_outcomes_teach_nothing(pairs: int, learned: float) -> None:
    few = np.full((40, CUTOFFS, DAYS), np.nan)
    few[:pairs, 0, 0] = 0.001
    np.testing.assert_allclose(widths(few), learned)


def test_cutoffs_before_the_last_twenty_four_count_half() -> None:
    """Bands would have to be 1.5 times as wide in the older half, 0.8 times in the newer, which weighs two thirds."""
    outcomes = np.full((4, 48, DAYS), 0.05 * 0.8)
    outcomes[:, :24] = 0.05 * 1.5
    trust = 48 / 51
    # the levels are 95, 90, 80, 60, 40 and 20 %
    np.testing.assert_allclose(widths(outcomes, bands=BOX), np.array([1.5, 1.5, 1.5, 0.8, 0.8, 0.8]) ** trust)
