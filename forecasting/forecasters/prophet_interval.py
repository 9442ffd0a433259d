"""Prophet's prediction interval without sampling: the quantiles of the distribution that it draws from.

Stock Prophet (`sample_predictive_trend_vectorized`) lets the slope change on each future step with probability p, by
an amount from Laplace(0, b), and adds normal noise: a thousand draws, then their quantiles. The sum has a closed
characteristic function, symmetric about yhat; in units of the noise's standard deviation, for step h,

    phi_h(u) = exp(-u^2 / 2) * prod over i = 0..h of (1 - p + p / (1 + (r (i + 1/2) u)^2)),   r = b * step / sigma

and the distribution function follows by Gil-Pelaez: F(x) = 1/2 + 1/pi * integral over u > 0 of sin(u x) / u phi_h(u).
"""

from __future__ import annotations

import numpy as np

from forecasting.quantiles import LEVELS, MEDIAN
from forecasting.series import Floats

LAST_FREQUENCY = 7.0  # the normal factor is 2e-11 there
FARTHEST = 9.0  # standard deviations: beyond the 97.5 % quantile of anything this heavy-tailed
POINTS = 240  # where the distribution function is computed
WIDEST = 60.0  # the trend's standard deviation in units of the noise's; wider noise is assumed beyond


def interval_offsets(horizon: int, *, noise: float, bend: float, chance: float, step: float) -> Floats:
    """How far each quantile lies from yhat [horizon, 13], in the unit of `noise`.

    `noise` is the standard deviation of the observations, `bend` the mean absolute change of slope (a unit of price
    per unit of time), `chance` its probability on a step and `step` a step's length in that time.
    """
    chance = min(chance, 1.0)
    lags = np.arange(horizon) + 0.5
    trend = bend * step * np.sqrt(2 * chance * np.cumsum(lags**2))  # standard deviation [horizon]
    noise = max(noise, float(trend[-1]) / WIDEST)
    widths = np.sqrt(1 + (trend / noise) ** 2)
    reach = FARTHEST * float(widths[-1])
    spacing = np.pi / (1.1 * reach)  # the sum repeats itself at 2 pi / spacing: out of reach
    frequency = (np.arange(int(np.ceil(LAST_FREQUENCY / spacing))) + 0.5) * spacing
    bends = (bend * step / noise * lags[None, :] * frequency[:, None]) ** 2
    logs = (
        np.cumsum(np.log1p(-chance * bends / (1 + bends)), axis=1)
        if chance < 1
        else -np.cumsum(np.log1p(bends), axis=1)
    )
    transform = np.exp(logs - 0.5 * frequency[:, None] ** 2) / frequency[:, None]
    places = reach * np.linspace(0, 1, POINTS) ** 2  # dense where the quantiles of the first steps are
    below = 0.5 + spacing / np.pi * (np.sin(places[:, None] * frequency[None, :]) @ transform)
    upper = np.array([np.interp(LEVELS[MEDIAN + 1 :], below[:, day], places) for day in range(horizon)])
    return np.asarray(noise * np.concatenate([-upper[:, ::-1], np.zeros((horizon, 1)), upper], axis=1))
