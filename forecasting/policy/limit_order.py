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
from forecasting.forecasters.shelf_prior import prior_for, prior_weight
from forecasting.panel import Freq
from forecasting.policy.advice_days import ADVICE_DAYS
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
    """A trained policy value: what waiting with a limit price is expected to save."""

    booster: Any

    def expected(self, current: npt.NDArray[np.float32]) -> Floats:
        """Expected log saving of waiting [series] from features [series, features]."""
        return np.asarray(self.booster.predict(current, num_threads=1))

    def to_text(self) -> str:
        """LightGBM's own text format; no pickle."""
        return str(self.booster.model_to_string())


def expected_saving(order: LimitOrder | None, train: History, target: History, steps: int) -> Floats:
    """Expected log saving of waiting [series]: the catalogue's own, with what shelves elsewhere teach.

    nan where too little is known of a series, or nothing was learned.
    """
    current = target.features.values[:, -1]
    known = np.isfinite(current[:, 0])
    answer = np.full(len(current), np.nan)
    prior = prior_for(train) if steps == ADVICE_DAYS else None
    if not known.any() or (order is None and prior is None):
        return answer
    weight = 1.0 if order is None else prior_weight(train) if prior is not None else 0.0
    own = order.expected(current[known]) if order is not None else np.zeros(int(known.sum()))
    elsewhere = np.asarray(prior.saving.predict(current[known], num_threads=1)) if prior is not None else 0.0
    answer[known] = (1 - weight) * own + weight * elsewhere
    return answer


def paid_by_waiting(prices: Floats, start: int, steps: int) -> Floats:
    """What a waiter pays [series]: the first price within reach of the limit, else the last one."""
    window = prices[:, start + 1 : start + 1 + steps]
    hit = window <= prices[:, start : start + 1] * LIMIT * (1 + 1e-9)
    place = np.where(hit.any(axis=1), hit.argmax(axis=1), window.shape[1] - 1)
    return np.asarray(window[np.arange(len(window)), place])


def train_limit_order(past: History, steps: int) -> LimitOrder | None:
    """Learn from every window of `steps` that ended by the cutoff; None where there are too few."""
    lightgbm = boosting()
    table, savings = past_orders(past, steps)
    if len(savings) < LEAST_ROWS:
        return None
    return LimitOrder(lightgbm.train(PARAMETERS, lightgbm.Dataset(table, savings), num_boost_round=ROUNDS))


def past_orders(past: History, steps: int) -> tuple[npt.NDArray[np.float32], Floats]:
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
