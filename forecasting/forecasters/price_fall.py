"""The chance that a price falls by 5 or 10 % within so many days, and when: a discrete-time hazard model.

Pooled over all products, LightGBM learns the chance that the first fall of a size comes in a span of days, given that
it has not come before (Singer and Willett 1993, "It's about time: discrete-time survival analysis"). Chances of
different spans and sizes come from one model, so they never contradict each other: a longer wait or a smaller fall is
never less likely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from forecasting.forecasters.base import History
from forecasting.forecasters.boosting import boosting, sampled_rows
from forecasting.forecasters.price_change import STRIDE, WINDOW
from forecasting.panel import Freq
from forecasting.series import Floats

SIZES = (0.05, 0.10)  # falls that are stated, as shares of the price at the cutoff
SPANS: dict[Freq, tuple[int, ...]] = {"daily": (3, 7, 14, 21, 30), "weekly": (1, 2, 3, 4), "monthly": (1, 2, 3, 6)}
LEAST_ROWS, MOST_ROWS = 300, 30_000
ROUNDS = 50
EDGE = 1e-9
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.07,
    "extra_trees": True,
    "num_leaves": 15,
    "min_data_in_leaf": 100,
    "lambda_l2": 10,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "verbose": -1,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,  # the same trees as row by row, and a little sooner
}


@dataclass(frozen=True, slots=True, eq=False)
class PriceFall:
    """A trained hazard model; `spans` are the last steps of the spans it knows."""

    booster: Any
    spans: tuple[int, ...]

    def chances(self, current: npt.NDArray[np.float32]) -> Floats:
        """P(a fall of each size by the end of each span) [series, sizes, spans] from features [series, features]."""
        questions = [(place, size) for size in SIZES for place in range(len(self.spans))]
        rows = np.repeat(current, len(questions), axis=0)
        table = np.column_stack([rows, np.tile(np.array(questions, dtype=np.float32), (len(current), 1))])
        hazard = np.asarray(self.booster.predict(table, num_threads=1))
        falls = 1 - np.cumprod(1 - hazard.reshape(len(current), len(SIZES), len(self.spans)), axis=-1)
        return np.asarray(np.minimum.accumulate(falls, axis=1))  # a fall by 10 % is one by 5 %

    @property
    def shape(self) -> tuple[int, int]:
        """How many sizes and spans it answers for."""
        return len(SIZES), len(self.spans)

    def to_text(self) -> str:
        """LightGBM's own text format; no pickle."""
        return str(self.booster.model_to_string())


def spans_of(freq: Freq, horizon: int) -> tuple[int, ...]:
    """The last steps of the spans up to the horizon; the last span ends on it."""
    return (*(step for step in SPANS[freq] if step < horizon), horizon)


def train_price_fall(past: History, horizon: int) -> PriceFall | None:
    """Learn from every window that ended by the cutoff; None where there are too few, or where no price ever fell."""
    spans = spans_of(past.panel.freq, horizon)
    table, fell = hazard_rows(past, spans)
    if len(fell) < LEAST_ROWS or not 0 < fell.sum() < len(fell):
        return None
    lightgbm = boosting()
    booster = lightgbm.train(PARAMETERS, lightgbm.Dataset(table, fell), num_boost_round=ROUNDS)
    return PriceFall(booster, spans)


def hazard_rows(
    past: History, spans: tuple[int, ...], most: int = MOST_ROWS
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]]:
    """Features, place of the span and size [rows, features + 2] of who was still at risk, and who fell [rows]."""
    panel, freq = past.panel, past.panel.freq
    end = panel.steps - 1
    known = np.isfinite(past.features.values[..., 0])
    tables, outcomes = [], []
    for place, last in enumerate(spans):
        first = spans[place - 1] if place else 0
        starts = np.arange(end - last, max(0, end - WINDOW[freq]) - 1, -STRIDE[freq])
        series, at = np.nonzero(known[:, starts])
        start = starts[at]
        for size in SIZES:
            floor = panel.prices[series, start] * (1 - size) * (1 + EDGE)
            before, inside = (
                fallen(panel.prices, series, start, floor, 0, first),
                fallen(panel.prices, series, start, floor, first, last),
            )
            risk = ~before
            columns = np.stack([series, start, np.full(len(series), place), np.full(len(series), size)], axis=1)
            tables.append(columns[risk])
            outcomes.append(inside[risk])
    rows, fell = np.concatenate(tables), np.concatenate(outcomes)
    sample = sampled_rows(len(rows), most)
    rows, fell = rows[sample], fell[sample]
    table = np.column_stack(
        [past.features.values[rows[:, 0].astype(int), rows[:, 1].astype(int)], rows[:, 2:].astype(np.float32)]
    )
    return table, fell.astype(np.float64)


def fallen(
    prices: Floats,
    series: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    floor: Floats,
    first: int,
    last: int,
) -> npt.NDArray[np.bool_]:
    """Whether the series' price [rows] went to the floor or below on one of the steps first + 1 .. last after start."""
    fell = np.zeros(len(series), dtype=bool)
    for ahead in range(first + 1, last + 1):
        with np.errstate(invalid="ignore"):
            fell |= prices[series, start + ahead] <= floor
    return fell


def median_step(chances: Floats, spans: tuple[int, ...]) -> Floats:
    """The step by which a fall is as likely as not [series] from chances [series, spans]; nan beyond the last span."""
    edges = np.array((0, *spans), dtype=np.float64)
    grown = np.concatenate([np.zeros((len(chances), 1)), chances], axis=1)
    place = (grown >= 0.5).argmax(axis=1)
    reached = grown[:, -1] >= 0.5
    low = np.maximum(place - 1, 0)
    rows = np.arange(len(chances))
    rise = np.maximum(grown[rows, place] - grown[rows, low], EDGE)
    step = edges[low] + (0.5 - grown[rows, low]) / rise * (edges[place] - edges[low])
    return np.asarray(np.where(reached, step, np.nan))
