"""Widths follow the past, as far as there is enough of it, and never further than their limits."""

import numpy as np
import pytest

from forecasting.calibration.recalibration import (
    NARROWEST,
    NARROWEST_TAILS,
    PRIOR_CUTOFFS,
    TAILS,
    learn_widths,
)
from forecasting.evaluation.candidate_outcomes import Record
from forecasting.evaluation.candidates import STICKY
from forecasting.series import Floats

DAYS, CUTOFFS = 7, 20
PART = [slice(0, DAYS)]
NORMAL = np.array([-1.96, -1.64, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28, 1.64, 1.96])


def record(outcomes: Floats) -> Record:
    spread = np.broadcast_to(NORMAL * 0.05, (*outcomes.shape, 13))
    return Record(tuple(range(0, DAYS * outcomes.shape[1], DAYS)), outcomes, {}, {STICKY: spread})


def calm(unchanged: float) -> Floats:
    """Log outcomes much smaller than the bands, and this share of them no change at all."""
    rng = np.random.default_rng(0)
    outcomes = rng.normal(0, 0.001, (40, CUTOFFS, DAYS))
    return np.where(rng.random(outcomes.shape) < unchanged, 0.0, outcomes)


@pytest.mark.parametrize(("unchanged", "tails"), [(0.3, NARROWEST), (0.7, NARROWEST_TAILS)])
def test_on_shelves_that_stand_still_the_tails_stay_wider_than_the_body(unchanged: float, tails: float) -> None:
    trust = CUTOFFS / (CUTOFFS + PRIOR_CUTOFFS)
    widths = learn_widths(record(calm(unchanged)), [STICKY], PART)[0]
    np.testing.assert_allclose(widths[:TAILS], tails**trust)
    np.testing.assert_allclose(widths[TAILS:], NARROWEST**trust)
