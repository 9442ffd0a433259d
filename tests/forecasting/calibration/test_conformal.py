"""Offsets are those of past moves, shared by neighbouring horizons, and only of enough of them."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from forecasting.calibration.conformal import buckets, past_moves, pooled_offsets
from forecasting.features.feature_table import features_of
from forecasting.forecasters.base import History
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS


def test_neighbouring_horizons_share_their_residuals() -> None:
    edges = [0, 1, 2, 3, 5, 7, 10, 14, 18, 22, 26, 30, 40, 45]
    assert [(part.start, part.stop) for part in buckets(45)] == list(pairwise(edges))
    assert [part.stop for part in buckets(30)][-1] == 30


@pytest.mark.parametrize(("seen", "known"), [(19, False), (20, True)])
def test_fewer_than_twenty_residuals_say_nothing(seen: int, *, known: bool) -> None:
    residuals = np.full((40, 1), np.nan)
    residuals[:seen, 0] = np.linspace(-0.1, 0.1, seen)
    expected = np.linspace(-0.1, 0.1, seen) if known else np.zeros(1)
    np.testing.assert_allclose(pooled_offsets(residuals)[0], np.quantile(expected, LEVELS))


def test_moves_are_those_of_the_last_two_years_from_at_most_some_hundred_starts() -> None:
    prices = np.exp(np.arange(800.0) * 0.001)[None]
    panel = Panel(("oil",), date(2024, 1, 1), "daily", prices, np.ones(prices.shape, dtype=bool))
    starts, moves = past_moves(History(panel, features_of(panel)), 3)
    assert starts.tolist() == list(range(799 - 730, 799, 2))
    np.testing.assert_allclose(moves[0, 0], [0.001, 0.002, 0.003])
    np.testing.assert_allclose(moves[0, -1], [0.001, 0.002, np.nan])
