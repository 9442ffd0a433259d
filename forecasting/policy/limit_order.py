"""What waiting with a limit price really saved in the past, and what it would save now.

The policy: one unit is needed within D steps. Waiting means buying at the first price at most 97 % of
today's, else on day D at whatever it costs then. A pooled regression learns the log saving it realised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from forecasting.forecasters.base import History
from forecasting.forecasters.boosting import boosting, sampled_rows
from forecasting.panel import Freq
from forecasting.series import Floats

LIMIT = 0.97
LEAST_ROWS, MOST_ROWS = 300, 24_000
WINDOW: dict[Freq, int] = {"daily": 730, "weekly": 200, "monthly": 240}
LARGEST = 0.3
ROUNDS = 100
PARAMETERS: dict[str, Any] = {
    "objective": "l2",
    "learning_rate": 0.06,
    "extra_trees": True,  # neighbouring windows are near copies of each other: best cuts overfit them
    "num_leaves": 12,
    "min_data_in_leaf": 200,
    "lambda_l2": 10,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "verbose": -1,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}


@dataclass(frozen=True, slots=True, eq=False)
class LimitOrder:
    """A trained policy value: expected saving, and how often waits that looked like this lost."""

    booster: Any
    edges: Floats
    lost: Floats

    def expected(self, current: npt.NDArray[np.float32]) -> Floats:
        """Expected log saving of waiting [series] from features [series, features]."""
        return np.asarray(self.booster.predict(current, num_threads=1))

    def to_text(self) -> str:
        """LightGBM's own text format; no pickle."""
        return str(self.booster.model_to_string())

    def regret(self, current: npt.NDArray[np.float32]) -> Floats:
        """Share of past windows with a similar expected saving in which waiting ended dearer [series]."""
        return np.asarray(self.lost[np.searchsorted(self.edges, self.expected(current))])


def paid_by_waiting(prices: Floats, start: int, steps: int) -> Floats:
    """What a waiter pays [series]: the first price within reach of the limit, else the last one."""
    window = prices[:, start + 1 : start + 1 + steps]
    hit = window <= prices[:, start : start + 1] * LIMIT * (1 + 1e-9)
    place = np.where(hit.any(axis=1), hit.argmax(axis=1), window.shape[1] - 1)
    return np.asarray(window[np.arange(len(window)), place])


def train_limit_order(past: History, steps: int) -> LimitOrder | None:
    """Learn from every window of `steps` that ended by the cutoff; None where there are too few."""
    lightgbm = boosting()
    table, savings = _past_orders(past, steps)
    if len(savings) < LEAST_ROWS:
        return None
    booster = lightgbm.train(PARAMETERS, lightgbm.Dataset(table, savings), num_boost_round=ROUNDS)
    guess = np.asarray(booster.predict(table, num_threads=1))
    edges = np.unique(np.quantile(guess, np.linspace(0.1, 0.9, 9)))
    place = np.searchsorted(edges, guess)
    count = np.bincount(place, minlength=len(edges) + 1)
    lost = np.bincount(place, weights=savings < 0, minlength=len(edges) + 1) / np.maximum(count, 1)
    return LimitOrder(booster, edges, lost)


def _past_orders(past: History, steps: int) -> tuple[npt.NDArray[np.float32], Floats]:
    """Features [rows, features] and realised log savings [rows] of all past windows."""
    prices = past.panel.prices
    end = past.panel.steps - 1
    starts = np.arange(end - steps, max(0, end - steps - WINDOW[past.panel.freq]), -1)
    gaps = np.cumsum(np.isnan(prices), axis=1)
    whole = gaps[:, starts + steps] == gaps[:, starts]
    place, series = np.nonzero((whole & np.isfinite(past.features.values[:, starts, 0])).T)
    sample = sampled_rows(len(series), MOST_ROWS)
    series, start = series[sample], starts[place[sample]]
    windows = prices[series[:, None], start[:, None] + np.arange(steps + 1)]
    savings = np.log(windows[:, 0] / paid_by_waiting(windows, 0, steps))
    return past.features.values[series, start], np.clip(savings, -LARGEST, LARGEST)
