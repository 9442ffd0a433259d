"""What is known about a product's price on a day, as numbers a pooled model can learn from.

Only the shape of the product's own past: market drift, product group and price level were tried and made the
forecasts worse on panels of a few months (the model learns the season it saw, not how prices move).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from forecasting.features.regular_price import rolling_mode
from forecasting.features.rolling import carried, steps_since, trailing_max, trailing_mean, trailing_sum
from forecasting.features.smoothed_level import smoothed_levels
from forecasting.panel import Freq, Panel
from forecasting.series import Floats

WINDOWS: dict[Freq, tuple[int, int]] = {
    "daily": (28, 60),
    "weekly": (6, 12),
    "monthly": (12, 24),
}
LEAST_KNOWN: dict[Freq, int] = {"daily": 10, "weekly": 5, "monthly": 10}
RETURN_STEPS: dict[Freq, int] = {"daily": 7, "weekly": 1, "monthly": 1}
VOLATILITY_WINDOW: dict[Freq, int] = {"daily": 90, "weekly": 26, "monthly": 24}
CHUNK = 500  # series at a time
SMALLEST_VOLATILITY = 0.002
SMALLEST_CHANGE = 0.002
LONG_AGO = 99
NAMES = (
    "from_mode", "from_long_mode", "from_mean", "from_long_mean", "from_max", "from_min", "since_change",
    "changes", "changes_long", "last_change", "change_before", "spread", "weekday",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Tables of every series and step; what stands at step t uses steps <= t alone (tested).

    values [series, steps, len(NAMES)] (nan where too little is known), the regular price, the smoothed level
    and the volatility (root mean square of the log return over a week, a week's step or a month), each
    [series, steps].
    """

    values: npt.NDArray[np.float32]
    regular: Floats
    smoothed: Floats
    volatility: Floats

    def column(self, name: str) -> npt.NDArray[np.float32]:
        """One feature [series, steps]."""
        return self.values[..., NAMES.index(name)]

    def until(self, step: int) -> Features:
        """The tables as they were known at the end of `step`."""
        end = step + 1
        return Features(self.values[:, :end], self.regular[:, :end], self.smoothed[:, :end], self.volatility[:, :end])

    def only(self, rows: list[int]) -> Features:
        """The same tables for the chosen series alone."""
        return Features(self.values[rows], self.regular[rows], self.smoothed[rows], self.volatility[rows])


def features_at_end(panel: Panel) -> Features:
    """The last step's features of every series, as tables of one step [series, 1]: what a forecast is made from.

    Made some series at a time, because the tables of all steps of a large shop would take gigabytes.
    """
    chunks = [range(first, min(first + CHUNK, len(panel))) for first in range(0, max(len(panel), 1), CHUNK)]
    made = [features_of(panel.only(rows), last=1) for rows in chunks]
    return Features(*(np.concatenate([getattr(one, table.name) for one in made]) for table in fields(Features)))


def changes_at_end(panel: Panel) -> Floats:
    """How often each price changed within the long window before the last step [series]; nan where little is known.

    The feature `changes_long` of that step, without any other.
    """
    long = WINDOWS[panel.freq][1]
    logs = np.log(panel.prices[:, -long - 1 :])
    changed = np.abs(np.nan_to_num(np.diff(logs, axis=1))) > SMALLEST_CHANGE
    known = np.isfinite(logs[:, -long:]).sum(axis=1)
    enough = (known >= LEAST_KNOWN[panel.freq]) & np.isfinite(logs[:, -1])
    return np.where(enough, changed.sum(axis=1), np.nan)


def features_of(panel: Panel, last: int | None = None) -> Features:
    """Every series' features; prices [series, steps] in, tables of all steps out, or of the `last` ones alone."""
    medium, long = WINDOWS[panel.freq]
    first = 0 if last is None else max(panel.steps - last, 0)
    logs = np.log(panel.prices)
    moves = np.diff(logs, axis=1, prepend=logs[:, :1])
    changed = np.abs(np.nan_to_num(moves)) > SMALLEST_CHANGE
    regular = _mode_since(panel.prices, medium, first)
    known = trailing_sum(np.isfinite(logs).astype(np.float64), long)
    mean = trailing_mean(logs, long)
    jumps = np.where(changed, moves, 0.0)
    before = np.concatenate([np.zeros((len(panel), 1)), carried(jumps, changed)[:, :-1]], axis=1)
    columns = (
        logs[:, first:] - np.log(regular),
        logs[:, first:] - np.log(_mode_since(panel.prices, long, first)),
        logs - trailing_mean(logs, medium),
        logs - mean,
        logs - trailing_max(logs, long),
        logs + trailing_max(-logs, long),
        steps_since(changed, LONG_AGO),
        trailing_sum(changed.astype(np.float64), medium),
        trailing_sum(changed.astype(np.float64), long),
        carried(jumps, changed),
        carried(before, changed),
        np.sqrt(np.maximum(trailing_mean(logs**2, long) - mean**2, 0)),
        np.broadcast_to(panel.epoch_days() % 7, logs.shape),
    )
    values = np.stack([column[:, column.shape[1] - regular.shape[1] :] for column in columns], axis=-1)
    values = values.astype(np.float32)
    values[((known < LEAST_KNOWN[panel.freq]) | ~np.isfinite(logs))[:, first:]] = np.nan
    smoothed, volatility = smoothed_levels(panel.prices), _volatility(logs, panel.freq)
    return Features(values, regular, smoothed[:, first:], volatility[:, first:])


def _mode_since(prices: Floats, window: int, first: int) -> Floats:
    """The rolling mode of the steps from `first` on, from no more prices than it takes."""
    begin = max(first - window + 1, 0)
    return rolling_mode(prices[:, begin:], window)[:, first - begin :]


def _volatility(logs: Floats, freq: Freq) -> Floats:
    """Root mean square of the recent returns, never below 0.2 %."""
    lag = RETURN_STEPS[freq]
    returns = np.full(logs.shape, np.nan)
    returns[:, lag:] = logs[:, lag:] - logs[:, :-lag]
    size = np.sqrt(trailing_mean(returns**2, VOLATILITY_WINDOW[freq]))
    return np.asarray(np.fmax(size, SMALLEST_VOLATILITY))
