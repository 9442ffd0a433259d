"""What waiting with a limit price really saved in the past, by the days left, and what it would save now.

The policy: one unit is needed within D steps. Waiting means buying at the first price at most 97 % of the price when
the wait began, else on day D at whatever it costs then. A pooled regression learns the log saving it realised; another,
with the days left as a feature, says each later day whether waiting on still pays. A limit of its own for each product
saved no more on the public sets (docs/forecasting.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from forecasting.forecasters.base import History
from forecasting.forecasters.boosting import boosting, sampled_rows
from forecasting.forecasters.shelf_prior import prior_for, prior_weight
from forecasting.panel import Freq
from forecasting.policy.advice_days import ADVICE_DAYS
from forecasting.series import Bools, Floats

LIMIT = 0.97
LEAST_ROWS, MOST_ROWS = 300, 24_000
DAYS_LEFT = (1, 2, 3, 5, 7, 10, 14, 20)  # steps that may be left on a later day
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
    "force_col_wise": True,  # the same trees as row by row, and a little sooner
}


@dataclass(frozen=True, slots=True, eq=False)
class LimitOrder:
    """A trained policy value: what waiting with a limit price is expected to save."""

    deadline: int
    booster: Any
    later: Any

    def expected(self, current: npt.NDArray[np.float32], steps: int) -> Floats:
        """Expected log saving of waiting with so many steps left [series] from features [series, features]."""
        return _predicted(self.booster if steps == self.deadline else self.later, current, steps)

    def to_text(self) -> str:
        """LightGBM's own text format; no pickle."""
        return str(self.booster.model_to_string())


def expected_saving(order: LimitOrder | None, train: History, current: npt.NDArray[np.float32], steps: int) -> Floats:
    """Expected log saving [series] of waiting `steps`: the catalogue's own, with what shelves elsewhere teach.

    `current` are the features [series, features] of the day it is asked on; nan where too little is known of a series,
    or nothing was learned.
    """
    known = np.isfinite(current[:, 0])
    answer = np.full(len(current), np.nan)
    prior = prior_for(train) if steps <= ADVICE_DAYS else None
    if not known.any() or (order is None and prior is None):
        return answer
    weight = 1.0 if order is None else prior_weight(train) if prior is not None else 0.0
    own = order.expected(current[known], steps) if order is not None else np.zeros(int(known.sum()))
    other: Floats | float = 0.0
    if prior is not None:
        other = _predicted(prior.saving if steps == ADVICE_DAYS else prior.saving_later, current[known], steps)
    answer[known] = (1 - weight) * own + weight * other
    return answer


def _predicted(booster: Any, current: npt.NDArray[np.float32], steps: int) -> Floats:
    table = np.column_stack([current, np.full(len(current), steps, dtype=np.float32)])
    return np.asarray(booster.predict(table, num_threads=1))


def paid_by_waiting(prices: Floats, start: int, steps: int, on: Bools | None = None) -> Floats:
    """What a waiter pays [series]: the first price within reach of the limit, else the last one.

    `on` [series, steps - 1] says of each day before the last whether waiting on still pays; who is told no buys then.
    """
    window = prices[:, start + 1 : start + 1 + steps]
    ends = window <= prices[:, start : start + 1] * LIMIT * (1 + 1e-9)
    if on is not None:
        ends[:, : steps - 1] |= ~on
    place = np.where(ends.any(axis=1), ends.argmax(axis=1), window.shape[1] - 1)
    return np.asarray(window[np.arange(len(window)), place])


def train_limit_order(past: History, steps: int) -> LimitOrder | None:
    """Learn from every window that ended by the cutoff; None where there are too few."""
    whole, shorter = past_orders(past, (steps,)), past_orders(past, [left for left in DAYS_LEFT if left < steps])
    if len(whole[1]) < LEAST_ROWS:
        return None
    booster = _trained(*whole)
    return LimitOrder(steps, booster, _trained(*shorter) if len(shorter[1]) >= LEAST_ROWS else booster)


def _trained(table: npt.NDArray[np.float32], savings: Floats) -> Any:
    lightgbm = boosting()
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(table, savings), num_boost_round=ROUNDS)


def past_orders(past: History, left: Sequence[int]) -> tuple[npt.NDArray[np.float32], Floats]:
    """Features and the steps that were left [rows, features + 1], and the log savings [rows] of past windows."""
    rows = [_windows(past, steps, MOST_ROWS // len(left)) for steps in left]
    if not rows:
        return np.empty((0, past.features.values.shape[-1] + 1), dtype=np.float32), np.empty(0)
    return np.concatenate([table for table, _ in rows]), np.concatenate([savings for _, savings in rows])


def _windows(past: History, steps: int, most: int) -> tuple[npt.NDArray[np.float32], Floats]:
    prices = past.panel.prices
    end = past.panel.steps - 1
    starts = np.arange(end - steps, max(0, end - steps - WINDOW[past.panel.freq]), -1)
    gaps = np.cumsum(np.isnan(prices), axis=1)
    whole = gaps[:, starts + steps] == gaps[:, starts]
    place, series = np.nonzero((whole & np.isfinite(past.features.values[:, starts, 0])).T)
    sample = sampled_rows(len(series), most)
    series, start = series[sample], starts[place[sample]]
    windows = prices[series[:, None], start[:, None] + np.arange(steps + 1)]
    savings = np.log(windows[:, 0] / paid_by_waiting(windows, 0, steps))
    table = np.column_stack([past.features.values[series, start], np.full(len(series), steps, dtype=np.float32)])
    return table, np.clip(savings, -LARGEST, LARGEST)
