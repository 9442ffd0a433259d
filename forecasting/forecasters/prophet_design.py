"""Prophet's own design matrices, built in numpy instead of pandas.

Same scaling, changepoint grid, Fourier terms and 0/1 regressors as prophet 1.5.0 (`setup_dataframe`,
`set_changepoints`, `fourier_series`), equal within rounding (tested against stock Prophet): preparation and
prediction take most of a stock fit once Stan is out of the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasting.forecasters.map_solver import MapFit, MapProblem, solve_map
from forecasting.series import Bools, Floats

CHANGEPOINT_RANGE = 0.8
TREND_PRECISION = 1 / 25.0
YEAR, WEEK = 365.25, 7.0


@dataclass(frozen=True, slots=True)
class ProphetShape:
    """The options of Prophet that are used here, by Prophet's names; orders of 0 switch a season off."""

    growth: Literal["flat", "linear"] = "flat"
    n_changepoints: int = 10
    changepoint_prior_scale: float = 0.01
    yearly_order: int = 0
    weekly_order: int = 0
    seasonality_prior_scale: float = 10.0
    step_prior_scale: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class ProphetDesign:
    """Training columns [n, p] and target [n] of one series, and how to build columns for other days."""

    shape: ProphetShape
    first_day: float
    span: float
    scale: float
    changepoints: Floats
    step_days: Floats
    problem: MapProblem

    def columns(self, days: Floats) -> Floats:
        """The columns [len(days), p] for days given as days since 1970."""
        time = (days - self.first_day) / self.span
        return _columns(self.shape, time, days, self.changepoints, self.step_days)

    def fit(self) -> MapFit:
        """The MAP estimate of this design."""
        return solve_map(self.problem)

    def predict(self, fit: MapFit, days: Floats) -> Floats:
        """Prophet's yhat [days] on `days` (since 1970), in the unit of the target given to `design`."""
        return np.asarray(self.columns(days) @ fit.weights * self.scale)


def design(shape: ProphetShape, days: Floats, target: Floats, step_days: Floats) -> ProphetDesign:
    """Prophet's regression for a target [n] seen on `days` [n] (since 1970, ascending, n >= 2).

    `step_days` are the days from which a level change holds, one 0/1 regressor each.
    """
    first, span = float(days[0]), float(days[-1] - days[0])
    scale = float(np.abs(target).max()) or 1.0
    time = (days - first) / span
    changepoints = _changepoints(shape, time)
    columns = _columns(shape, time, days, changepoints, step_days)
    precision, sparse = _priors(shape, len(changepoints), len(step_days))
    problem = MapProblem(columns, target / scale, precision, sparse, shape.changepoint_prior_scale)
    return ProphetDesign(shape, first, span, scale, changepoints, step_days, problem)


def _changepoints(shape: ProphetShape, time: Floats) -> Floats:
    """Evenly over the first 80 % of the history, never the first observation."""
    if shape.growth == "flat":
        return np.empty(0)
    size = int(np.floor(len(time) * CHANGEPOINT_RANGE))
    count = min(shape.n_changepoints, size - 1)
    places = np.linspace(0, size - 1, count + 1).round().astype(int)
    return np.asarray(time[places][1:])


def _columns(shape: ProphetShape, time: Floats, days: Floats, changepoints: Floats, steps: Floats) -> Floats:
    ones = np.ones((len(days), 1))
    parts = [ones]
    if shape.growth == "linear":
        parts = [time[:, None], ones, np.maximum(time[:, None] - changepoints[None, :], 0)]
    for period, order in ((YEAR, shape.yearly_order), (WEEK, shape.weekly_order)):
        if order:
            parts.append(_fourier(days, period, order))
    parts.append((days[:, None] >= steps[None, :]).astype(float))
    return np.concatenate(parts, axis=1)


def _fourier(days: Floats, period: float, order: int) -> Floats:
    angle = 2 * np.pi * days[:, None] * np.arange(1, order + 1)[None, :] / period
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(len(days), 2 * order)


def _priors(shape: ProphetShape, changepoints: int, steps: int) -> tuple[Floats, Bools]:
    trend = 2 if shape.growth == "linear" else 1
    seasonal = 2 * (shape.yearly_order + shape.weekly_order)
    precision = np.concatenate(
        [
            np.full(trend, TREND_PRECISION),
            np.zeros(changepoints),
            np.full(seasonal, 1 / shape.seasonality_prior_scale**2),
            np.full(steps, 1 / shape.step_prior_scale**2),
        ]
    )
    sparse = np.zeros(len(precision), dtype=bool)
    sparse[trend : trend + changepoints] = True
    return precision, sparse
