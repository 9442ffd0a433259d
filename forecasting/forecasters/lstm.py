"""One LSTM for all products: direct quantiles of the next days, anchored on the last price. Needs `.[lstm]`.

An LSTM a product, as tutorials have it, learns nothing from some hundred days and errs four times as much as the
last price. Pooled over all products, fed with the way to today's price and asked for every day ahead at once, it comes
near the event model. Measured by `python -m benchmarks.run lstm`: days 1..h from past cutoffs, as known then.

    file and cutoffs              error / last price        CRPS, % of the price    inside the 80 % interval
                                   7 d   14 d   30 d          7 d   14 d   30 d        7 d   14 d   30 d
    318 Spanish shelves, 4        1.00   0.94   0.87         0.64   1.27   2.09        92 %  83 %   70 %
    32 British shelves, 4         1.01   1.00   0.98         0.24   0.46   0.65        98 %  97 %   95 %
    68 Indonesian oils, 4         0.95   0.96   0.97         0.74   0.82   0.99        87 %  88 %   90 %

On the Spanish shelves, 127 days in which most prices fell together, the interval of 30 days held 60 % before dropout,
twice as many windows and mirrored ones; other seeds gave 69 to 72 %. A cutoff takes 2 to 6 s on one core,
by machine, for any number of products, and the first of a process 4 to 14 s more, to compile.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasting.forecasters.base import History
from forecasting.forecasters.keras_on_jax import NoKeras, available
from forecasting.forecasters.lstm_network import Weights, fit, predict, weight_shapes
from forecasting.forecasters.lstm_windows import last_windows, training_windows
from forecasting.quantiles import ordered
from forecasting.series import Floats

__all__ = ["BadWeights", "LstmModel", "NoKeras", "available", "lstm_from_text", "train_lstm"]

FORMAT = 2
LEAST_WINDOWS = 100
SMALLEST_SCALE = 0.01
LONGEST_HORIZON = 366
WEIGHTS = ("kernel", "recurrent_kernel", "bias", "head_kernel", "head_bias")


class BadWeights(ValueError):
    """The text is not the weights of this network."""


@dataclass(frozen=True, slots=True, eq=False)
class LstmModel:
    """A trained network; `scale` is the size of a usual log return, by which its answers are multiplied."""

    weights: Weights
    horizon: int
    scale: float

    def quantiles(self, past: History) -> Floats:
        """Log offsets [series, horizon, 13] from the past's last price; nan where a series has none. Raises NoKeras."""
        windows = last_windows(np.log(past.panel.prices))
        offsets = ordered(predict(self.weights, windows, self.horizon) * self.scale)
        offsets[~np.isfinite(past.last)] = np.nan
        return offsets

    def to_text(self) -> str:
        """The weights as JSON (some 250 kB for 30 days): nothing runs when it is read."""
        weights = {name: _numbers(values) for name, values in zip(WEIGHTS, self.weights, strict=True)}
        return json.dumps({"format": FORMAT, "horizon": self.horizon, "scale": self.scale, "weights": weights})


def lstm_from_text(text: str) -> LstmModel:
    """The model that `to_text` wrote; raises BadWeights. Needs neither Keras nor JAX."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise BadWeights(f"format {content['format']!r} is not {FORMAT}")
        horizon, scale = int(content["horizon"]), float(content["scale"])
        weights = tuple(np.array(content["weights"][name], dtype=np.float32) for name in WEIGHTS)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BadWeights(f"not the weights of an LSTM: {error}") from error
    if not 1 <= horizon <= LONGEST_HORIZON or tuple(values.shape for values in weights) != weight_shapes(horizon):
        raise BadWeights("not the weights of an LSTM of this shape")
    if not (np.isfinite(scale) and scale > 0 and all(np.isfinite(values).all() for values in weights)):
        raise BadWeights("the weights or their scale are not numbers")
    return LstmModel(weights, horizon, scale)


def train_lstm(past: History, horizon: int) -> LstmModel | None:
    """Learn from every window that ended by the cutoff; None where there are too few. Deterministic. Raises NoKeras."""
    windows, returns = training_windows(np.log(past.panel.prices), past.panel.observed, horizon)
    if len(windows) < LEAST_WINDOWS:
        return None
    scale = max(float(np.sqrt(np.nanmean(returns**2))), SMALLEST_SCALE)
    return LstmModel(fit(windows, returns / scale, horizon), horizon, scale)


def _numbers(values: Any) -> Any:
    """Nested lists of the shortest decimals that are read back as the same 32-bit numbers."""
    if values.ndim > 1:
        return [_numbers(row) for row in values]
    return [float(str(value)) for value in values]
