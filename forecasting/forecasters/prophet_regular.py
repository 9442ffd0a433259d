"""Prophet on the regular price: level steps for sticky prices, a bent trend and seasons for continuous ones."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from forecasting.forecasters.base import History, PointForecaster, gettext_noop
from forecasting.forecasters.prophet_design import ProphetShape, design
from forecasting.panel import DAYS_A_STEP
from forecasting.quantiles import MEDIAN, SMALLEST_MOVE
from forecasting.series import Floats

STICKY = ProphetShape(growth="flat")
CONTINUOUS = ProphetShape(growth="linear", n_changepoints=10, changepoint_prior_scale=0.01)
CONTINUOUS_YEARLY = ProphetShape(growth="linear", n_changepoints=10, changepoint_prior_scale=0.01, yearly_order=10)
STICKY_WINDOW, CONTINUOUS_WINDOW = 180, 1095
LEAST_HISTORY = 14
SMALLEST_STEP = 0.002
LATEST_STEPS, LARGEST_STEPS = 3, 11
STEADY, STEADY_PROPHET, EVENT_AND_PROPHET = "steady_event", "steady_prophet", "event_and_prophet"
SURE_DROP, SURE_RISE = 8, 4  # quantiles: a move in that direction is at least 70 % likely
SHARES = (0.25, 0.5, 1.0)


class ProphetRegular(PointForecaster):
    """Prophet's MAP forecast of the regular price, from the last unbroken stretch of each series.

    Older level changes than the window leak into the level (measured: Ocado 14 times worse), so the window of
    a shelf is cut at 180 steps and at most 14 of its changes get a regressor of their own.
    """

    name = "prophet_regular"
    labels: ClassVar = {
        STEADY: gettext_noop("event model towards Prophet (regular price)"),
        STEADY_PROPHET: gettext_noop("Prophet (regular price)"),
        EVENT_AND_PROPHET: gettext_noop("event model and Prophet (regular price)"),
        f"{name}_25%": gettext_noop("Prophet (regular price, 25%)"),
        f"{name}_50%": gettext_noop("Prophet (regular price, 50%)"),
        f"{name}_100%": gettext_noop("Prophet (regular price, 100%)"),
    }

    def forecast(self, past: History, horizon: int) -> Floats:
        """Paths [series, horizon]; a constant series is its own forecast and skips the fit."""
        paths = np.full((len(past.panel), horizon), np.nan)
        continuous = past.continuous
        window = CONTINUOUS_WINDOW if continuous else STICKY_WINDOW
        source = past.panel.prices if continuous else past.features.regular
        days = past.panel.epoch_days()
        ahead = days[-1] + np.arange(1, horizon + 1) * DAYS_A_STEP[past.panel.freq]
        for row, prices in enumerate(source):
            known = _unbroken(prices[-window:])
            if len(known) >= LEAST_HISTORY:
                paths[row] = _path(known, days[-len(known) :], ahead, continuous=continuous)
        return paths

    def candidates(self, path: Floats, events: Floats, *, continuous: bool) -> dict[str, Floats]:
        """Shares of the way to Prophet's path, and blends with the event model: log offsets [series, horizon]."""
        median = events[..., MEDIAN]
        both = (median + path) / 2
        target = median if continuous else np.where(median * path > 0, both, median)
        sure = (events[..., SURE_DROP] < -SMALLEST_MOVE) | (events[..., SURE_RISE] > SMALLEST_MOVE)
        return {
            STEADY: np.where(sure, target, 0.0),
            STEADY_PROPHET: np.where(sure, path, 0.0),
            EVENT_AND_PROPHET: both,
            **{f"{self.name}_{share:.0%}": share * path for share in SHARES},
        }


def _unbroken(prices: Floats) -> Floats:
    unknown = np.flatnonzero(np.isnan(prices))
    return prices[int(unknown[-1]) + 1 :] if unknown.size else prices


def _path(prices: Floats, days: Floats, ahead: Floats, *, continuous: bool) -> Floats:
    """One series' forecast on the days `ahead`, kept within a factor 3 of where it stands."""
    logs = np.log(prices)
    if np.ptp(logs) < 1e-12:
        return np.full(len(ahead), prices[-1])
    if continuous:
        shape = CONTINUOUS_YEARLY if days[-1] - days[0] >= 2 * 365 else CONTINUOUS
        steps = np.empty(0)
    else:
        shape, steps = STICKY, days[level_changes(logs)]
    prepared = design(shape, days, logs, steps)
    path = np.exp(prepared.predict(prepared.fit(), ahead))
    return np.clip(path, prices[-1] / 3, prices[-1] * 3)


def level_changes(logs: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The places [changes] of the last 3 and the 11 largest level changes of log prices [days], ascending."""
    jumps = np.abs(np.diff(logs))
    places = np.flatnonzero(jumps > SMALLEST_STEP)
    largest = places[np.argsort(-jumps[places], kind="stable")[:LARGEST_STEPS]]
    return np.union1d(places[-LATEST_STEPS:], largest).astype(np.int64) + 1
