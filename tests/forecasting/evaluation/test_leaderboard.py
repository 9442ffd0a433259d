"""Forecasters side by side: figures by hand, error bars that hold, no look ahead."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.cross_validation import cross_validate, prepare
from forecasting.evaluation.leaderboard import LEAST_BLOCKS, diebold_mariano, leaderboard
from forecasting.forecasters.base import Forecaster, History
from forecasting.forecasters.registry import FORECASTERS, forecasters_named, usable_forecasters
from forecasting.panel import Panel
from forecasting.series import Floats

CUTOFFS = tuple(range(40, 110, 7))


class Falling(Forecaster):
    """One per cent less a day, surely."""

    name, label = "falling", "falling prices"

    def quantiles(self, train: History, target: History, horizon: int) -> Floats:
        path = np.log(0.99) * np.arange(1, horizon + 1)
        return np.broadcast_to(path[None, :, None], (len(target.panel), horizon, 13))


class Silent(Forecaster):
    """Has no opinion."""

    name, label = "silent", "silent"

    def quantiles(self, train: History, target: History, horizon: int) -> Floats:
        return np.full((len(target.panel), horizon, 13), np.nan)


def windows_of(panel: Panel) -> BacktestWindows:
    return BacktestWindows(panel, 7, tuple(cross_validate(prepare(panel, 7), CUTOFFS)))


def falling(shelves: Callable[..., Panel]) -> Panel:
    panel = shelves(6, 125)
    return replace(panel, prices=panel.prices[:, :1] * 0.99 ** np.arange(panel.steps)[None])


def test_it_works(shelves: Callable[..., Panel]) -> None:
    board = leaderboard(windows_of(falling(shelves)), (Falling(), Silent()), {"7": 7}, least_observed=14)
    assert list(board) == ["last_price", "published", "falling", "silent"]
    best = board["falling"]["7"]
    assert (best["n"], best["cutoffs"]) == (6 * len(CUTOFFS) * 7, len(CUTOFFS))
    assert best["rel_mae"] == pytest.approx(0, abs=1e-9)
    assert best["rel_mae_95"] == pytest.approx([0, 0], abs=1e-9)
    assert best["coverage_95"] == 1.0
    for name in ("last_price", "silent"):
        assert board[name]["7"]["rel_crps"] == pytest.approx(1)
    assert board["last_price"]["7"]["rel_mae"] == 1.0


def test_nothing_to_compare_is_no_board(shelves: Callable[..., Panel]) -> None:
    assert leaderboard(BacktestWindows(shelves(2, 60), 7, ()), (Falling(),), {"7": 7}, least_observed=14) == {}


def test_few_cutoffs_give_figures_without_error_bars(shelves: Callable[..., Panel]) -> None:
    windows = windows_of(falling(shelves))
    few = leaderboard(windows, (Falling(),), {"7": 7}, least_observed=14, cutoffs=CUTOFFS[: LEAST_BLOCKS - 1])
    assert few["falling"]["7"]["rel_mae_95"] is None
    assert few["falling"]["7"]["dm"] is None


def test_a_corrupted_future_changes_no_forecaster(shelves: Callable[..., Panel]) -> None:
    panel = shelves(10, 125)
    prices = panel.prices.copy()
    prices[:, 100:] *= 3
    listened: list[list[Floats]] = []
    for one in (panel, replace(panel, prices=prices)):
        answers: list[Floats] = []
        spies = [_spy(forecaster, answers) for forecaster in forecasters_named(["event", "prophet"])]
        leaderboard(windows_of(one), spies, {"7": 7}, least_observed=14, cutoffs=[75, 89])
        listened.append(answers)
    for honest, corrupted in zip(*listened, strict=True):
        np.testing.assert_array_equal(honest, corrupted)


def _spy(forecaster: Forecaster, answers: list[Floats]) -> Forecaster:
    class Spy(Forecaster):
        name, label = forecaster.name, forecaster.label

        def quantiles(self, train: History, target: History, horizon: int) -> Floats:
            answer = forecaster.quantiles(train, target, horizon)
            answers.append(answer)
            return answer

    return Spy()


@pytest.mark.parametrize(("lead", "sure"), [(0.5, True), (0.0, False)])
def test_two_forecasters_are_told_apart_by_more_than_chance(lead: float, *, sure: bool) -> None:
    rng = np.random.default_rng(0)
    other = rng.normal(2, 0.3, 40)
    p = diebold_mariano(other - lead + rng.normal(0, 0.3, 40), other, 1)
    assert p is not None
    assert (p < 0.01) == sure


def test_neighbours_that_share_their_days_make_it_less_sure() -> None:
    rng = np.random.default_rng(3)
    shared = np.convolve(rng.normal(0.15, 0.5, 60), np.ones(4) / 4, mode="valid")
    alone, blocks = diebold_mariano(shared, np.zeros(57), 1), diebold_mariano(shared, np.zeros(57), 4)
    assert alone is not None
    assert blocks is not None
    assert blocks > alone
    assert diebold_mariano(np.ones(9), np.ones(9), 1) is None, "they never differ"


def test_names_are_known_or_refused() -> None:
    assert [one.name for one in forecasters_named(["prophet"])] == ["prophet"]
    with pytest.raises(ValueError, match="there is no forecaster 'oracle'"):
        forecasters_named(["oracle"])
    assert {one.name for one in usable_forecasters()} <= {one.name for one in FORECASTERS}


def test_the_gate_takes_a_contender_that_was_better(
    shelves: Callable[..., Panel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forecasting.forecasters.registry.FORECASTERS", (Falling(), Silent()))
    panel = falling(shelves)
    for name, chosen in (("falling", "falling"), ("silent", "sticky")):
        every = cross_validate(prepare(panel, 7, contenders=(name,)), CUTOFFS)
        made = BacktestWindows(panel, 7, tuple(every)).publish(every[-1])
        assert made.chosen["distribution"] == chosen
