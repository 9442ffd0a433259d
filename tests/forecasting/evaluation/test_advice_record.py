"""The record of the advice, computed by hand."""

from datetime import date

import numpy as np
import pytest

from forecasting.candidates.candidates import Candidates
from forecasting.evaluation.advice_record import (
    HALF_LIFE,
    PRIOR_CUTOFFS,
    PRIOR_REALISED,
    PRIOR_REGRET,
    Decisions,
    decisions,
    figures,
    followed,
    realised_at,
    record_at,
    regret_at,
)
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.panel import Panel

STEPS = 3


def scored(cutoff: int, wait: list[bool], patient: list[float], possible: list[float]) -> Decisions:
    expected = np.full(len(wait), 0.03)
    followed_by, best = np.array(patient), np.array(possible)
    return Decisions(cutoff, np.array(wait), expected, followed_by, best, always=followed_by, stated=0.1)


def lost(cutoff: int) -> Decisions:
    """Twelve waits that all ended dearer."""
    return scored(cutoff, [True] * 12, [-0.02] * 12, [0.05] * 12)


def test_only_what_was_advised_is_saved() -> None:
    record = figures([scored(0, [True, True, False], [0.03, -0.02, 0.05], [0.05, 0.0, 0.05])], STEPS)
    assert (record["n"], record["waits"], record["waits_lost"]) == (3, 2, 0.5)
    assert record["saving_pct"] == pytest.approx(100 * 0.01 / 3)
    assert record["capture"] == pytest.approx(0.1)
    assert record["possible_pct"] == pytest.approx(100 * 0.1 / 3)
    assert record["always_wait_pct"] == pytest.approx(2)


def test_nothing_judged_is_no_record() -> None:
    assert figures([], STEPS)["n"] == 0
    assert figures([scored(0, [False], [0.0], [0.0])], STEPS)["capture"] is None


def test_a_window_counts_from_the_day_it_ends() -> None:
    one = scored(10, [True], [0.03], [0.03])
    assert record_at([one], 10 + STEPS - 1, STEPS)["n"] == 0
    assert record_at([one], 10 + STEPS, STEPS)["n"] == 1


def test_advice_that_lost_falls_silent_once_that_is_known() -> None:
    assert followed([lost(0), lost(STEPS - 1)], 0, STEPS)["waits"] == 24
    assert followed([lost(0), lost(STEPS)], 0, STEPS)["waits"] == 12
    assert followed([lost(0), lost(STEPS)], 1, STEPS)["n"] == 12


def test_what_is_stated_of_regret_is_what_came_and_the_prior_while_little_did() -> None:
    assert regret_at([], 100, STEPS) == PRIOR_REGRET
    assert regret_at([lost(0)], STEPS - 1, STEPS) == PRIOR_REGRET, "its window had not ended"
    one = (1 + PRIOR_CUTOFFS * PRIOR_REGRET) / (1 + PRIOR_CUTOFFS)
    assert regret_at([lost(0)], STEPS, STEPS) == pytest.approx(one)
    overlapping, weight = [lost(0), lost(1), lost(2)], sum(0.5 ** (age / 3 / HALF_LIFE) for age in (0, 1, 2)) / 3
    shared = (weight + PRIOR_CUTOFFS * PRIOR_REGRET) / (weight + PRIOR_CUTOFFS)
    assert regret_at(overlapping, 2 + STEPS, STEPS) == pytest.approx(shared), "windows that share their days are one"
    assert figures([lost(0)], STEPS)["stated_regret"] == pytest.approx(0.1)


def test_what_came_lately_counts_for_more() -> None:
    """A cutoff that is a half-life older than the newest one counts half as much."""
    half_life = round(HALF_LIFE)
    won = [scored(age * STEPS, [True] * 12, [0.02] * 12, [0.05] * 12) for age in range(1, half_life + 1)]
    weights = [0.5 ** (age / HALF_LIFE) for age in range(half_life + 1)]
    assert weights[-1] == 0.5
    stated = (weights[-1] + PRIOR_CUTOFFS * PRIOR_REGRET) / (sum(weights) + PRIOR_CUTOFFS)
    assert regret_at([lost(0), *won], (half_life + 1) * STEPS, STEPS) == pytest.approx(stated)


def test_what_is_stated_of_a_saving_is_the_share_that_came() -> None:
    half = scored(0, [True, True, False], [0.02, 0.01, 0.5], [0.05] * 3)
    share = (0.5 + PRIOR_CUTOFFS * PRIOR_REALISED) / (1 + PRIOR_CUTOFFS)
    assert realised_at([half], STEPS, STEPS) == pytest.approx(share)
    assert realised_at([], STEPS, STEPS) == PRIOR_REALISED
    assert 0 <= realised_at([lost(0)] * 40, 50, STEPS) <= 1


def test_the_advice_of_a_later_day_is_followed() -> None:
    prices = np.array([[10.0, 10.2, 9.0, 9.0], [10.0, 10.2, 9.0, 9.0]])
    panel = Panel(("a", "b"), date(2026, 1, 1), "daily", prices, np.isfinite(prices))
    later = {STEPS: np.array([[0.02, 0.02], [-0.01, 0.02]])}
    past = (Candidates(0, prices[:, 0], {}, savings={STEPS: np.array([0.02, 0.02])}, later=later),)
    (one,) = decisions(BacktestWindows(panel, STEPS, past), np.ones((2, 1), dtype=bool), STEPS)
    np.testing.assert_allclose(one.patient, [0.1, -0.02])
    np.testing.assert_allclose(one.always, [0.1, 0.1])


def test_a_window_is_judged_by_its_prices_and_only_when_they_are_all_known() -> None:
    prices = np.array([[10.0, 10.0, 9.6, 11.0], [10.0, 10.5, 10.4, 11.0], [10.0, np.nan, 9.0, 9.0]])
    panel = Panel(("a", "b", "c"), date(2026, 1, 1), "daily", prices, np.isfinite(prices))
    past = tuple(
        Candidates(cutoff, prices[:, cutoff], {}, savings={STEPS: np.array([0.02, 0.004, 0.02])}) for cutoff in (0, 1)
    )
    (one,) = decisions(BacktestWindows(panel, STEPS, past), np.ones((3, 2), dtype=bool), STEPS)
    assert one.wait.tolist() == [True, False]
    np.testing.assert_allclose(one.expected, 1 - np.exp([-0.02, -0.004]))
    assert one.stated == PRIOR_REGRET, "nothing had come due"
    np.testing.assert_allclose(one.patient, [0.04, -0.1])
    np.testing.assert_allclose(one.possible, [0.04, 0])
