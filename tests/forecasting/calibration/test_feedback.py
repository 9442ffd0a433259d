"""When the ledger is listened to, and how much a week of it counts."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasting.calibration.feedback import SCORES, learn_feedback
from forecasting.calibration.published_history import PublishedPast
from forecasting.panel import UNIX_EPOCH
from forecasting.series import Floats

TODAY = date(2026, 6, 1)
DAYS, PRODUCTS = 6, 40
PART = [slice(0, DAYS)]


def past(outcomes: Floats, ages: tuple[int, ...] = (14, 21, 28, 35, 42)) -> PublishedPast:
    """Forecasts of 1.00 with bands for outcomes of 2 %, so many days old: every outcome has come."""
    count = len(outcomes)
    return PublishedPast(
        (TODAY - UNIX_EPOCH).days - np.repeat(ages, count // len(ages)),
        np.ones(count),
        np.ones((count, DAYS)),
        np.tile(np.exp(SCORES * 0.02), (count, DAYS, 1)),
        outcomes,
    )


def stretch(known: PublishedPast) -> Floats:
    return np.asarray(learn_feedback(known, TODAY, PART).stretch[0])


def wild(count: int) -> Floats:
    return np.exp(np.random.default_rng(0).normal(0, 0.1, (count, DAYS)))


def test_a_week_of_which_half_the_days_have_come_counts_half() -> None:
    by_two_days = np.exp(np.random.default_rng(0).normal(0, 0.022, (5 * PRODUCTS, DAYS // 2)))
    whole = past(np.repeat(by_two_days, 2, axis=1))
    half = replace(whole, outcomes=np.where(np.arange(DAYS) % 2, np.nan, whole.outcomes))
    assert stretch(whole).max() > 1.05
    np.testing.assert_allclose(np.log(stretch(half)), np.log(stretch(whole)) / 2)


@pytest.mark.parametrize(
    ("ages", "listens"),
    [
        ((14, 21, 28), True),
        ((14, 21), False),
        ((14, 15, 16, 17, 18, 19, 20), False),  # seven days of one week
    ],
)
def test_it_takes_three_weeks(ages: tuple[int, ...], *, listens: bool) -> None:
    assert (stretch(past(wild(len(ages) * PRODUCTS), ages)) > 1).any() == listens


@pytest.mark.parametrize(("pairs", "listens"), [(59, False), (60, True)])
def test_it_takes_sixty_outcomes(pairs: int, *, listens: bool) -> None:
    outcomes = wild(15)
    outcomes[np.unravel_index(np.arange(pairs, outcomes.size), outcomes.shape)] = np.nan
    assert (stretch(past(outcomes)) > 1).any() == listens


def test_bands_are_at_most_doubled_and_narrowed_by_three_twentieths() -> None:
    assert stretch(past(wild(5 * PRODUCTS))).max() == 2.0
    near = np.exp(np.random.default_rng(0).normal(0, 0.001, (5 * PRODUCTS, DAYS)))
    assert stretch(past(near)).min() == pytest.approx(0.85)
    assert stretch(past(np.ones_like(near))).min() == 1.0  # prices that stood still
