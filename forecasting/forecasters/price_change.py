"""The pooled event model: when and how far prices move, learned from all products at once.

LightGBM classifies the h-step log return into bins around an atom at "no change", with h as a feature;
inside a bin the past returns of that bin are spread evenly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from forecasting.features.feature_table import Features
from forecasting.forecasters.base import Forecaster, History, gettext_noop
from forecasting.forecasters.boosting import boosting, sampled_rows
from forecasting.panel import Freq, Panel
from forecasting.quantiles import LEVELS
from forecasting.series import Floats

BIN_EDGES = np.array([-0.12, -0.06, -0.03, -0.012, -0.002, 0.002, 0.012, 0.03, 0.06, 0.12])
HORIZONS: dict[Freq, tuple[int, ...]] = {
    "daily": (1, 3, 5, 7, 10, 14, 18, 22, 26, 30),
    "weekly": (1, 2, 3, 4),
    "monthly": (1, 2, 3, 6),
}
WINDOW: dict[Freq, int] = {"daily": 730, "weekly": 200, "monthly": 240}
STRIDE: dict[Freq, int] = {"daily": 4, "weekly": 1, "monthly": 1}
EVENT, EVENT_LABEL = "event", gettext_noop("price change model")
LEAST_ROWS, MOST_ROWS = 300, 24_000
ROUNDS = 30  # with 15 leaves: a third of the time of 60 with 31, CRPS at 30 days within 1 %
TABLE = np.linspace(0, 1, 201)
PARAMETERS: dict[str, Any] = {
    "objective": "multiclass",
    "learning_rate": 0.13,
    "extra_trees": True,  # random cuts: neighbouring windows are near copies, best cuts overfit them
    "num_leaves": 15,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbose": -1,
    "seed": 1,
    "deterministic": True,
    "force_col_wise": True,  # the same trees as row by row, and a little sooner
}


@dataclass(frozen=True, slots=True, eq=False)
class PriceChange:
    """A trained event model: the booster, the horizons it saw, and the returns inside each class [classes, 201]."""

    booster: Any
    returns: Floats
    horizons: Floats

    def quantiles(self, current: npt.NDArray[np.float32], horizon: int) -> Floats:
        """Log-return quantiles [series, horizon, 13] from features [series, features] at the cutoff.

        Trees cut between the horizons they saw, half-way: all others are answered like the nearest of them, so
        only those are asked.
        """
        half_way = (self.horizons[1:] + self.horizons[:-1]) / 2
        nearest = np.searchsorted(half_way, np.arange(1, horizon + 1))
        rows = np.repeat(current, len(self.horizons), axis=0)
        table = np.column_stack([rows, np.tile(self.horizons, len(current))])
        chances = np.asarray(self.booster.predict(table, num_threads=1))
        answers = _invert(chances, self.returns).reshape(len(current), len(self.horizons), len(LEVELS))
        return np.asarray(answers[:, nearest])

    def to_text(self) -> str:
        """LightGBM's own text format; no pickle."""
        return str(self.booster.model_to_string())


class PriceChangeForecaster(Forecaster):
    """The model alone, before anything is blended with it or chosen."""

    name, label = EVENT, EVENT_LABEL

    def quantiles(self, train: History, target: History, horizon: int) -> Floats:
        """Log offsets [series, horizon, 13]; nan where there is too little to learn from."""
        offsets = np.full((len(target.panel), horizon, len(LEVELS)), np.nan)
        model, current = train_price_change(train, horizon), target.features.values[:, -1]
        known = np.isfinite(current[:, 0])
        if model is not None and known.any():
            offsets[known] = model.quantiles(current[known], horizon)
        return offsets


def train_price_change(past: History, horizon: int, rounds: int = ROUNDS) -> PriceChange | None:
    """Learn from every window that ended by the cutoff; None where there are too few to learn from."""
    lightgbm = boosting()
    table, returns = training_rows(past.panel, past.features, horizon)
    if len(returns) < LEAST_ROWS:
        return None
    kinds, classes = np.unique(np.digitize(returns, BIN_EDGES), return_inverse=True)
    if len(kinds) < 3:
        return None
    settings = {**PARAMETERS, "num_class": len(kinds), "num_threads": 1}
    booster = lightgbm.train(settings, lightgbm.Dataset(table, classes), num_boost_round=rounds)
    inside = np.stack([np.quantile(returns[classes == place], TABLE) for place in range(len(kinds))])
    return PriceChange(booster, inside, np.unique(table[:, -1]).astype(np.float64))


def training_rows(panel: Panel, features: Features, horizon: int) -> tuple[npt.NDArray[np.float32], Floats]:
    """Features with the horizon [rows, features + 1] and the log return that followed [rows].

    Which rows there are is found first and only those that are kept are read: a large shop has a million.
    """
    end = panel.steps - 1
    first = max(0, end - WINDOW[panel.freq])
    known = np.isfinite(features.values[..., 0])
    tables = []
    for ahead in _horizons(panel.freq, horizon):
        starts = np.arange(end - ahead, first - 1, -STRIDE[panel.freq])
        series, place = np.nonzero(known[:, starts] & panel.observed[:, starts + ahead])
        tables.append(np.stack([series, starts[place], np.full(len(series), ahead)]))
    rows = np.concatenate(tables, axis=1)
    series, start, ahead = rows[:, sampled_rows(rows.shape[1], MOST_ROWS)]
    prices = panel.prices
    table = np.column_stack([features.values[series, start], ahead.astype(np.float32)])
    return table, np.log(prices[series, start + ahead]) - np.log(prices[series, start])


def _horizons(freq: Freq, longest: int) -> list[int]:
    """The horizons to learn from: the usual ones, and coarser ones beyond them."""
    usual = HORIZONS[freq]
    step = max(usual[-1] // 2, 1)
    beyond = range(usual[-1] + step, longest + step, step)
    return [ahead for ahead in (*usual, *beyond) if ahead <= max(longest, usual[0])]


def _invert(chances: Floats, returns: Floats) -> Floats:
    """Quantiles [rows, 13] of the mixture of bins with chances [rows, classes]."""
    total = np.cumsum(chances, axis=1)
    total[:, -1] = 1 + 1e-9
    rows = np.arange(len(chances))
    result = np.empty((len(chances), len(LEVELS)))
    for place, level in enumerate(LEVELS):
        kind = (total >= level).argmax(axis=1)
        before = np.where(kind > 0, total[rows, kind - 1], 0.0)
        share = np.clip((level - before) / np.maximum(chances[rows, kind], 1e-9), 0, 1) * (len(TABLE) - 1)
        low = np.minimum(share.astype(int), len(TABLE) - 2)
        part = share - low
        result[:, place] = returns[kind, low] * (1 - part) + returns[kind, low + 1] * part
    return result
