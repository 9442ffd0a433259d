"""What the LSTM reads and what it learns to say: the last 60 steps up to a day, and the returns after it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from forecasting.series import Bools, Floats

WINDOW = 60
STRIDE, MOST_WINDOWS, LEAST_KNOWN = 2, 6_000, 30
LARGEST_MOVE = 1.0  # log
SEED = 1

Windows = npt.NDArray[np.float32]
Places = np.ndarray[Any, np.dtype[np.int64]]


def last_windows(logs: Floats) -> Windows:
    """The window up to the last step of each series [series, 60, 2], from log prices [series, steps]."""
    rows = np.arange(len(logs))
    return windows_at(logs, rows, np.full(len(logs), logs.shape[1] - 1))


def windows_at(logs: Floats, rows: Places, ends: Places) -> Windows:
    """The last 60 steps of a series up to a step [windows, 60, 2]: way to the last price, and the step's change.

    Both are ten times the log, clipped; an unknown step stands where the last price does.
    """
    padded = np.concatenate([np.full((len(logs), WINDOW), np.nan), logs], axis=1)
    steps = ends[:, None] + np.arange(1, WINDOW + 1)[None, :]
    series = rows[:, None]
    level = padded[series, steps] - logs[rows, ends][:, None]
    change = padded[series, steps] - padded[series, steps - 1]
    table = np.nan_to_num(np.stack([level, change], axis=-1))
    return np.asarray(10 * np.clip(table, -LARGEST_MOVE, LARGEST_MOVE), dtype=np.float32)


def training_windows(logs: Floats, observed: Bools, horizon: int) -> tuple[Windows, Floats]:
    """Windows [rows, 60, 2] and the log returns that followed [rows, horizon], nan where none was seen.

    Every second day of each series that has a price then and after it; 6,000 drawn at random where there are more.
    """
    ends = np.arange(logs.shape[1] - 1 - horizon, LEAST_KNOWN, -STRIDE)
    seen = np.concatenate([np.zeros((len(logs), 1)), np.cumsum(observed, axis=1)], axis=1)
    followed = seen[:, ends + horizon + 1] > seen[:, ends + 1]
    rows, chosen = np.nonzero(followed & np.isfinite(logs[:, ends]))
    if len(rows) > MOST_WINDOWS:
        kept = np.sort(np.random.default_rng(SEED).choice(len(rows), MOST_WINDOWS, replace=False))
        rows, chosen = rows[kept], chosen[kept]
    places = ends[chosen]
    ahead = places[:, None] + np.arange(1, horizon + 1)[None, :]
    series = rows[:, None]
    returns = np.where(observed[series, ahead], logs[series, ahead] - logs[rows, places][:, None], np.nan)
    return windows_at(logs, rows, places), returns
