"""Offsets are those of past moves, shared by neighbouring horizons, and only of enough of them."""

from itertools import pairwise

import numpy as np
import pytest

from forecasting.calibration.conformal import buckets, pooled_offsets
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
