"""The LSTM's network in Keras, compiled by JAX once a process and horizon, whatever the number of series.

Weights go in and come out as plain arrays, so that nothing is left in the network from one training to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from forecasting.forecasters.keras_on_jax import keras_and_jax
from forecasting.forecasters.lstm_windows import MOST_WINDOWS, SEED, WINDOW, Windows
from forecasting.quantiles import LEVELS
from forecasting.series import Floats

HIDDEN, DROPOUT = 32, 0.3
UPDATES, BATCH, RATE = 300, 256, 4e-3
# A market that only fell while it was watched may also rise: a fifth of the windows are learned upside down.
MIRRORED = 0.2
ROWS_AT_ONCE = 512

Weights = tuple[Windows, ...]


class Compiled(NamedTuple):
    """Two functions of weights, and the weights that a training begins with."""

    fit: Callable[..., Sequence[Any]]
    predict: Callable[..., Any]
    initial: Weights


def weight_shapes(horizon: int) -> tuple[tuple[int, ...], ...]:
    """The shapes of the weights in order: the LSTM's kernel, recurrent kernel and bias, the head's kernel and bias."""
    gates, answers = 4 * HIDDEN, horizon * len(LEVELS)
    return (2, gates), (HIDDEN, gates), (gates,), (HIDDEN, answers), (answers,)


def fit(windows: Windows, returns: Floats, horizon: int) -> Weights:
    """Weights by mean pinball loss over all levels and seen steps; windows [rows, 60, 2], returns [rows, horizon].

    Returns are in units of their usual size, nan where none was seen; at most MOST_WINDOWS rows. Raises NoKeras.
    """
    count, rng = len(windows), np.random.default_rng(SEED)
    inputs = np.zeros((MOST_WINDOWS, WINDOW, 2), dtype=np.float32)
    targets = np.full((MOST_WINDOWS, horizon), np.nan, dtype=np.float32)
    inputs[:count], targets[:count] = windows, returns
    rounds = -(-UPDATES * BATCH // count)
    batches = np.concatenate([rng.permutation(count) for _ in range(rounds)])[: UPDATES * BATCH]
    signs = np.where(rng.random((UPDATES, BATCH)) < MIRRORED, -1, 1).astype(np.float32)
    network = compiled(horizon)
    weights = network.fit(network.initial, inputs, targets, batches.reshape(UPDATES, BATCH).astype(np.int32), signs)
    return tuple(np.asarray(values) for values in weights)


def predict(weights: Weights, windows: Windows, horizon: int) -> Floats:
    """Quantiles [rows, horizon, 13] for windows [rows, 60, 2], in units of a usual return. Raises NoKeras."""
    count = len(windows)
    padded = np.concatenate([windows, np.zeros((-count % ROWS_AT_ONCE, WINDOW, 2), dtype=np.float32)])
    network = compiled(horizon)
    parts = [network.predict(weights, part) for part in np.split(padded, len(padded) // ROWS_AT_ONCE)] if count else []
    return np.concatenate([np.empty((0, horizon, len(LEVELS))), *parts])[:count].astype(np.float64)


@cache
def compiled(horizon: int) -> Compiled:
    """The functions for a horizon; they are compiled at their first call (some 3 s) and kept. Raises NoKeras."""
    keras, jax = keras_and_jax()
    network = _network(keras, horizon)
    optimiser = keras.optimizers.Adam(RATE)
    optimiser.build(network.trainable_variables)
    initial = tuple(np.asarray(variable) for variable in network.trainable_variables)
    others = [np.asarray(variable) for variable in network.non_trainable_variables]
    moments = [np.asarray(variable) for variable in optimiser.variables]
    levels = np.asarray(LEVELS, dtype=np.float32)

    def loss(weights: Any, others: Any, windows: Any, targets: Any) -> tuple[Any, Any]:
        quantiles, others = network.stateless_call(weights, others, windows, training=True)
        seen = jax.numpy.isfinite(targets)[..., None]
        error = jax.numpy.nan_to_num(targets)[..., None] - quantiles
        total = (jax.numpy.maximum(levels * error, (levels - 1) * error) * seen).sum()
        return total / (jax.numpy.maximum(seen.sum(), 1) * len(levels)), others

    gradient = jax.grad(loss, has_aux=True)

    def fit_all(weights: Any, inputs: Any, targets: Any, batches: Any, signs: Any) -> Any:
        def update(state: Any, batch: Any) -> tuple[Any, None]:
            weights, others, moments = state
            rows, sign = batch
            slope, others = gradient(weights, others, inputs[rows] * sign[:, None, None], targets[rows] * sign[:, None])
            weights, moments = optimiser.stateless_apply(moments, slope, weights)
            return (weights, others, moments), None

        return jax.lax.scan(update, (list(weights), others, moments), (batches, signs))[0][0]

    def predict_rows(weights: Any, windows: Any) -> Any:
        return network.stateless_call(list(weights), others, windows, training=False)[0]

    return Compiled(jax.jit(fit_all), jax.jit(predict_rows), initial)


def _network(keras: Any, horizon: int) -> Any:
    """Windows [rows, 60, 2] in, [rows, horizon, 13] out; it starts as "no change"."""
    initializers, layers = keras.initializers, keras.layers
    lstm = layers.LSTM(
        HIDDEN,
        kernel_initializer=initializers.GlorotUniform(SEED),
        recurrent_initializer=initializers.Orthogonal(seed=SEED),
        seed=SEED,
        dtype="float32",
    )
    head = layers.Dense(horizon * len(LEVELS), kernel_initializer="zeros", dtype="float32")
    inputs = keras.Input((WINDOW, 2), dtype="float32")
    states = layers.Dropout(DROPOUT, seed=SEED, dtype="float32")(lstm(inputs))
    return keras.Model(inputs, layers.Reshape((horizon, len(LEVELS)), dtype="float32")(head(states)))
