"""How much a week of the ledger counts."""

from dataclasses import replace
from datetime import date

import numpy as np

from forecasting.calibration.feedback import SCORES, learn_feedback
from forecasting.calibration.published_history import PublishedPast
from forecasting.panel import UNIX_EPOCH
from forecasting.series import Floats

TODAY = date(2026, 6, 1)
DAYS, PRODUCTS = 6, 40
PART = [slice(0, DAYS)]


def past(outcomes: Floats) -> PublishedPast:
    """Forecasts of 1.00 with bands for outcomes of 2 %, two to six weeks old: every outcome has come."""
    ages = np.repeat(np.arange(2, 7) * 7, PRODUCTS)
    count = len(ages)
    return PublishedPast(
        (TODAY - UNIX_EPOCH).days - ages,
        np.ones(count),
        np.ones((count, DAYS)),
        np.tile(np.exp(SCORES * 0.02), (count, DAYS, 1)),
        outcomes,
    )


def test_a_week_of_which_half_the_days_have_come_counts_half() -> None:
    by_two_days = np.exp(np.random.default_rng(0).normal(0, 0.022, (5 * PRODUCTS, DAYS // 2)))
    whole = past(np.repeat(by_two_days, 2, axis=1))
    half = replace(whole, outcomes=np.where(np.arange(DAYS) % 2, np.nan, whole.outcomes))
    learned, learned_of_half = (np.log(learn_feedback(known, TODAY, PART).stretch) for known in (whole, half))
    assert learned.max() > 0.05
    np.testing.assert_allclose(learned_of_half, learned / 2)
