"""What is published at a cutoff cannot depend on anything that came later: prices, outcomes of waiting, taxes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting.evaluation.backtest import Backtest, run_backtest
from forecasting.evaluation.cross_validation import live_rows
from forecasting.evaluation.cutoffs import Cutoffs
from forecasting.evaluation.odds import stated_odds
from forecasting.market.tax_steps import TaxStep
from forecasting.panel import Panel

ORIGINS = Cutoffs((60, 67), (74, 81))
STEPS = 14


def taxes_of(panel: Panel, ratio: float) -> dict[str, Sequence[TaxStep]]:
    """One that was in the prices already, one announced before the first scored day, one after the last."""
    past = TaxStep(panel.day(40), 1.05, panel.day(20))
    announced = TaxStep(panel.day(85), 1.04, panel.day(70))
    later = TaxStep(panel.day(95), ratio, panel.day(82))
    return {key: [past, announced, later] for key in panel.keys}


def stated(result: Backtest) -> list[np.ndarray]:
    """All that was said at the scored cutoffs: distributions, expected savings, odds and chances of regret."""
    windows = result.windows
    usable = np.stack([live_rows(windows.seen, one.cutoff, 14) for one in windows.candidates], axis=1)
    savings = [windows.expected_savings(one, STEPS) for one in windows.candidates if one.cutoff <= 81]
    odds = [one.chance for one in stated_odds(windows, usable)]
    return [result.scored.quantiles, result.scored.points, result.scored.reference, *savings, *odds]


@pytest.mark.parametrize("taxed", [False, True])
def test_a_corrupted_future_changes_nothing_that_was_said(shelves: Callable[..., Panel], *, taxed: bool) -> None:
    panel = shelves(10, 112)
    prices = panel.prices.copy()
    prices[:, 82:] *= np.random.default_rng(3).uniform(0.2, 5, prices[:, 82:].shape)
    corrupted_panel = replace(panel, prices=prices)
    own, other = (taxes_of(panel, ratio) if taxed else None for ratio in (1.02, 3.0))
    honest = run_backtest(panel, ORIGINS, 30, taxes=own)
    corrupted = run_backtest(corrupted_panel, ORIGINS, 30, taxes=other)
    for one, two in zip(stated(honest), stated(corrupted), strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-12)
    assert honest.scored.chosen == corrupted.scored.chosen
    assert not np.array_equal(honest.scored.actual, corrupted.scored.actual, equal_nan=True)


def test_an_announced_tax_is_in_the_forecast_and_one_not_yet_announced_is_not(shelves: Callable[..., Panel]) -> None:
    panel = shelves(10, 112)
    day = panel.day(90)
    late = {key: [TaxStep(day, 1.1, panel.day(75))] for key in panel.keys}
    plain, taxed = run_backtest(panel, ORIGINS, 30), run_backtest(panel, ORIGINS, 30, taxes=late)
    first, second = (taxed.scored.points[:, at] / plain.scored.points[:, at] for at in (0, 1))
    np.testing.assert_array_equal(first, 1)
    assert (second[:, 12:] > 1.02).mean() > 0.9
    np.testing.assert_allclose(second[:, :8], 1, rtol=1e-9)
    assert panel.day(81) + timedelta(days=9) == day


def test_an_earlier_origin_does_not_see_a_later_one_s_days(shelves: Callable[..., Panel]) -> None:
    panel = shelves(10, 112)
    prices = panel.prices.copy()
    prices[:, 75:] = 99.0
    honest = run_backtest(panel, ORIGINS, 30).scored.quantiles
    corrupted = run_backtest(replace(panel, prices=prices), ORIGINS, 30).scored.quantiles
    np.testing.assert_array_equal(honest[:, 0], corrupted[:, 0])
    assert not np.array_equal(honest[:, 1], corrupted[:, 1])
