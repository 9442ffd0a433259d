"""Chances of a fall: scored by hand, corrected by what came, and never against each other."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.candidates.candidates import Candidates
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.odds import (
    PRIOR_CUTOFFS,
    StatedOdds,
    corrected,
    correction,
    odds_scores,
    raw_odds,
    reliability,
)
from forecasting.panel import Panel

SPANS = (3, 7)


def stated(cutoff: int, chance: float, share: float, series: int = 40) -> StatedOdds:
    """The same chance for all, of whom a share fell."""
    came = np.broadcast_to((np.arange(series) < share * series).astype(float)[:, None, None], (series, 2, 2))
    return StatedOdds(cutoff, SPANS, np.full((series, 2, 2), chance), came)


def test_it_works() -> None:
    row = odds_scores([stated(0, 0.3, 0.5)], {"7": 7})["5"]["7"]
    assert row == {
        "n": 40,
        "brier": pytest.approx((0.7**2 + 0.3**2) / 2),
        "brier_skill": pytest.approx(1 - (0.7**2 + 0.3**2) / 2 / 0.25),
        "stated": pytest.approx(0.3),
        "came": 0.5,
    }


def test_nothing_known_is_no_figure() -> None:
    assert odds_scores([], {"7": 7})["10"]["7"]["brier"] is None
    assert odds_scores([stated(0, 0.1, 0.0)], {"7": 7})["5"]["7"]["brier_skill"] is None, "nothing fell: no skill"


def test_chances_move_towards_what_came_and_only_once_it_came() -> None:
    past = [stated(cutoff, 0.1, 0.4) for cutoff in range(0, 70, 7)]
    moved = corrected(np.full((1, 2, 2), 0.1), correction(past, 100))
    expected = (10 * 0.4 + PRIOR_CUTOFFS * 0.1) / (10 + PRIOR_CUTOFFS)
    np.testing.assert_allclose(moved, expected, rtol=1e-6)
    assert (correction(past, 2) == 0).all(), "no window had ended"
    early = correction(past[:1], 4)
    assert early[0, 0] > 0
    assert early[0, 1] == 0, "three days had passed, not seven"


def test_a_few_outcomes_correct_nothing() -> None:
    assert (correction([stated(0, 0.1, 1.0, series=20)], 100) == 0).all()


@given(
    chance=st.lists(st.floats(0, 1), min_size=4, max_size=4), moved=st.lists(st.floats(-4, 4), min_size=4, max_size=4)
)
def test_a_longer_wait_and_a_smaller_fall_are_never_less_likely(chance: list, moved: list) -> None:
    grown = corrected(np.array(chance).reshape(1, 2, 2), np.array(moved).reshape(2, 2))[0]
    assert (np.diff(grown, axis=1) >= 0).all()
    assert (grown[0] >= grown[1]).all()
    assert ((grown > 0) & (grown < 1)).all()


def test_a_fall_comes_when_the_price_is_that_low_on_any_day_of_the_span() -> None:
    prices = np.array(
        [[10, 10, 9.5, 10, 10, 10, 10, 10], [10, 9.51, 10, 10, 10, 9, 9, 9], [10, 9, 9, 9, 9, 9, 9, np.nan]]
    )
    panel = Panel(("a", "b", "c"), date(2026, 1, 1), "daily", prices, np.isfinite(prices))
    one = Candidates(0, prices[:, 0], {}, falls=np.full((3, 2, 2), 0.1), spans=SPANS)
    (came,) = [odds.came for odds in raw_odds(BacktestWindows(panel, 7, (one,)), np.ones((3, 1), dtype=bool))]
    np.testing.assert_array_equal(came[:, 0], [[1, 1], [0, 1], [1, np.nan]])
    np.testing.assert_array_equal(came[:, 1], [[0, 0], [0, 1], [1, np.nan]])


def test_reliability_by_stated_chance() -> None:
    rows = reliability([stated(0, 0.02, 0.0), stated(7, 0.15, 0.25)], 0, 7)
    assert [row["n"] for row in rows] == [40, 40]
    np.testing.assert_allclose([[row["stated"], row["came"]] for row in rows], [[0.02, 0], [0.15, 0.25]])
