"""What is published at a cutoff cannot depend on anything that came later."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from forecasting.evaluation.backtest import run_backtest
from forecasting.evaluation.cutoffs import Cutoffs
from forecasting.panel import Panel

ORIGINS = Cutoffs((60, 67), (74, 81))


def test_a_corrupted_future_changes_no_forecast(shelves: Callable[..., Panel]) -> None:
    panel = shelves(10, 112)
    prices = panel.prices.copy()
    prices[:, 82:] *= np.random.default_rng(3).uniform(0.2, 5, prices[:, 82:].shape)
    honest = run_backtest(panel, ORIGINS, 30)
    corrupted = run_backtest(replace(panel, prices=prices), ORIGINS, 30)
    for one, other in zip(honest.forecast, corrupted.forecast, strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(honest.reference[1], corrupted.reference[1])
    for one, other in zip(honest.candidates, corrupted.candidates, strict=True):  # type: ignore[assignment]
        for days, savings in one.savings.items():
            np.testing.assert_array_equal(savings, other.savings[days])
    assert honest.chosen == corrupted.chosen
    assert not np.array_equal(honest.actual, corrupted.actual, equal_nan=True)


def test_an_earlier_origin_does_not_see_a_later_one_s_days(shelves: Callable[..., Panel]) -> None:
    panel = shelves(10, 112)
    prices = panel.prices.copy()
    prices[:, 75:] = 99.0
    honest = run_backtest(panel, ORIGINS, 30)
    corrupted = run_backtest(replace(panel, prices=prices), ORIGINS, 30)
    np.testing.assert_array_equal(honest.forecast[1][:, 0], corrupted.forecast[1][:, 0])
    assert not np.array_equal(honest.forecast[1][:, 1], corrupted.forecast[1][:, 1])
