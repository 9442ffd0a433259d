"""The closed form has the quantiles of the distribution that stock Prophet draws from."""

import numpy as np
import pytest
from prophet import Prophet

from forecasting.forecasters.prophet_interval import interval_offsets
from forecasting.quantiles import LEVELS

DRAWS = 60_000


@pytest.mark.parametrize(("noise", "chance"), [(1.0, 0.02), (0.1, 0.28), (0.02, 0.02), (0.1, 1.0)])
def test_quantiles_are_those_of_many_draws(noise: float, chance: float) -> None:
    bend, step, horizon = 0.5, 1 / 90, 30
    np.random.seed(3)
    bends = Prophet._make_trend_shift_matrix(bend, chance, horizon, DRAWS)
    drawn = bends.cumsum(axis=1).cumsum(axis=1) * step + np.random.normal(0, noise, (DRAWS, horizon))
    offsets = interval_offsets(horizon, noise=noise, bend=bend, chance=chance, step=step)
    assert offsets.shape == (horizon, 13)
    gap = offsets - np.quantile(drawn, LEVELS, axis=0).T
    assert np.abs(gap / drawn.std(axis=0)[:, None]).max() < 0.08


def test_without_bends_it_is_the_normal_distribution() -> None:
    offsets = interval_offsets(3, noise=2.0, bend=1e-9, chance=0.1, step=0.01)
    assert offsets[2, -1] == pytest.approx(2 * 1.959964, rel=2e-3)
    np.testing.assert_allclose(offsets, -offsets[:, ::-1])
