"""The pooled LSTM: anchored, pooled, deterministic, kept as JSON, and a guest in the user's environment."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from forecasting.features.feature_table import features_of
from forecasting.forecasters import keras_on_jax, lstm
from forecasting.forecasters.base import History, history_at
from forecasting.forecasters.lstm_network import compiled
from forecasting.forecasters.lstm_windows import MOST_WINDOWS, last_windows, training_windows
from forecasting.panel import Panel
from forecasting.quantiles import MEDIAN
from tests.forecasting.conftest import START

PROJECT = Path(__file__).resolve().parents[3]
HORIZON = 10
NO_JAX = sys.platform == "darwin" and platform.machine() == "x86_64"
needs_jax = pytest.mark.skipif(NO_JAX, reason="there is no JAX for Intel Macs")


def past_of(panel: Panel) -> History:
    return history_at(panel, features_of(panel), panel.steps - 1)


def trained(past: History, horizon: int = HORIZON) -> lstm.LstmModel:
    model = lstm.train_lstm(past, horizon)
    assert model is not None
    return model


def cycles() -> Panel:
    """Ten days dear, ten days cheap, each series in its own step."""
    days = np.arange(200)[None, :] + np.arange(30)[:, None]
    prices = np.linspace(5, 9, 30)[:, None] * np.where((days // 10) % 2 == 0, 1.0, 0.8)
    return Panel(tuple(map(str, range(30))), START, "daily", prices, np.ones(prices.shape, dtype=bool))


@pytest.fixture(scope="module")
def model() -> lstm.LstmModel:
    """Learned from the first 190 days of the cycles."""
    return trained(past_of(cycles().until(189)))


def test_without_keras_it_says_what_to_install(shelves: Callable[..., Panel], monkeypatch: Any) -> None:
    keras_on_jax.keras_and_jax.cache_clear()
    compiled.cache_clear()
    monkeypatch.setitem(sys.modules, "keras", None)
    assert not lstm.available()
    with pytest.raises(lstm.NoKeras, match=r"pip install \.\[lstm\]"):
        lstm.train_lstm(past_of(shelves(12, 130)), HORIZON)


@needs_jax
def test_keras_on_another_backend_is_left_alone(monkeypatch: Any) -> None:
    class OtherKeras:
        class backend:  # noqa: N801 - as Keras spells it
            @staticmethod
            def backend() -> str:
                return "torch"

    keras_on_jax.keras_and_jax.cache_clear()
    monkeypatch.setitem(sys.modules, "keras", OtherKeras)
    monkeypatch.setattr(keras_on_jax, "available", lambda: True)
    with pytest.raises(lstm.NoKeras, match="another backend"):
        keras_on_jax.keras_and_jax()


@needs_jax
def test_the_users_settings_and_home_stay_as_they_were(tmp_path: Path) -> None:
    """In a process of its own: nothing is imported before it is needed, and no file is left."""
    code = """
import os, sys
from forecasting.forecasters import lstm
from forecasting.forecasters.keras_on_jax import keras_and_jax
assert lstm.available() and not {"keras", "jax", "jaxlib"} & set(sys.modules)
before = dict(os.environ)
keras, jax = keras_and_jax()
assert keras.backend.backend() == "jax" and jax.devices()[0].platform == "cpu"
changed = {name for name in {*before, *os.environ} if before.get(name) != os.environ.get(name)}
assert not {name for name in changed if name.startswith(("KERAS", "JAX", "PJRT", "XLA"))}, changed
assert os.environ["KERAS_BACKEND"] == "tensorflow"
"""
    environment = {**os.environ, "HOME": str(tmp_path), "KERAS_BACKEND": "tensorflow"}
    environment.pop("KERAS_HOME", None)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / ".keras").exists()


@needs_jax
def test_it_learns_what_all_products_share(model: lstm.LstmModel) -> None:
    """Who learned nothing would stay at the last price."""
    panel = cycles()
    quantiles = model.quantiles(past_of(panel.until(189)))
    assert quantiles.shape == (30, HORIZON, 13)
    assert (np.diff(quantiles, axis=-1) >= 0).all()
    truth = np.log(panel.prices[:, 190:200] / panel.prices[:, 189:190])
    assert np.abs(quantiles[..., MEDIAN] - truth).mean() < 0.5 * np.abs(truth).mean()


@needs_jax
def test_it_answers_for_series_that_it_did_not_learn_from(model: lstm.LstmModel) -> None:
    past = past_of(cycles().until(189))
    alone = model.quantiles(past.only([7]))
    np.testing.assert_allclose(alone, model.quantiles(past)[[7]], atol=1e-6)
    assert model.quantiles(past.only([])).shape == (0, HORIZON, 13)


@needs_jax
def test_what_comes_after_the_cutoff_changes_nothing_nor_does_a_second_training(model: lstm.LstmModel) -> None:
    panel = cycles()
    prices = panel.prices.copy()
    prices[:, 190:] = 1_000.0
    corrupted = replace(panel, prices=prices)
    past = history_at(corrupted, features_of(corrupted), 189)
    again = trained(past)
    assert again.to_text() == model.to_text()
    np.testing.assert_array_equal(again.quantiles(past), model.quantiles(past_of(panel.until(189))))


@needs_jax
def test_the_unit_of_the_prices_does_not_matter(model: lstm.LstmModel) -> None:
    past = past_of(cycles().until(189))
    panel = cycles()
    dearer = past_of(replace(panel, prices=panel.prices * 8).until(189))
    np.testing.assert_allclose(model.quantiles(dearer), model.quantiles(past), atol=1e-6)
    logs, observed = np.log(past.panel.prices), past.panel.observed
    windows, returns = training_windows(logs, observed, HORIZON)
    dearer_windows, dearer_returns = training_windows(logs + 2, observed, HORIZON)
    np.testing.assert_allclose(windows, dearer_windows, atol=1e-5)
    np.testing.assert_allclose(returns, dearer_returns, atol=1e-5)


@needs_jax
def test_a_series_without_a_price_has_no_forecast(model: lstm.LstmModel, shelves: Callable[..., Panel]) -> None:
    panel = shelves(12, 130)
    prices = panel.prices.copy()
    prices[0, 100:] = np.nan
    quantiles = model.quantiles(past_of(replace(panel, prices=prices, observed=np.isfinite(prices))))
    assert np.isnan(quantiles[0]).all()
    assert np.isfinite(quantiles[1:]).all()


@needs_jax
def test_weights_survive_json(model: lstm.LstmModel) -> None:
    again = lstm.lstm_from_text(model.to_text())
    for ours, theirs in zip(model.weights, again.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert (again.horizon, again.scale) == (model.horizon, model.scale)


NOT_WEIGHTS = (
    "",
    "[]",
    "{}",
    "[" * 100_000,
    '{"format": 1}',
    '{"format": 2, "horizon": 3, "scale": 1, "weights": {}}',
    '{"format": 2, "horizon": 1e999, "scale": 1, "weights": {}}',
    "cos\nsystem\n(S'true'\ntR.",
)


@pytest.mark.parametrize("text", NOT_WEIGHTS)
def test_other_texts_are_no_weights(text: str) -> None:
    with pytest.raises(lstm.BadWeights):
        lstm.lstm_from_text(text)


def swap(content: dict[str, Any], **changes: Any) -> str:
    return json.dumps({**content, **changes})


@needs_jax
def test_weights_of_another_shape_or_that_are_no_numbers_are_refused(model: lstm.LstmModel) -> None:
    content = json.loads(model.to_text())
    bias = content["weights"]["bias"]
    for text in (
        swap(content, horizon=HORIZON + 1),
        swap(content, horizon=10**9),
        swap(content, scale=-1),
        swap(content, scale=float("nan")),
        swap(content, weights={**content["weights"], "bias": bias[1:]}),
        swap(content, weights={**content["weights"], "bias": [[1], [2, 3]]}),
        swap(content, weights={**content["weights"], "bias": [float("inf"), *bias[1:]]}),
    ):
        with pytest.raises(lstm.BadWeights):
            lstm.lstm_from_text(text)


def test_too_little_history_gives_no_model(shelves: Callable[..., Panel]) -> None:
    assert lstm.train_lstm(past_of(shelves(3, 45)), 30) is None
    assert lstm.train_lstm(past_of(shelves(3, 20)), 30) is None


def test_windows_end_at_the_last_price_and_unknown_steps_stand_where_it_does() -> None:
    logs = np.log(np.array([[4.0, 5.0, np.nan, 5.0, 4.0]]))
    window = last_windows(logs)[0]
    rise = 10 * np.log(5 / 4)
    np.testing.assert_allclose(window[-5:, 0], [0, rise, 0, rise, 0], atol=1e-6)
    np.testing.assert_allclose(window[-5:, 1], [0, rise, 0, 0, -rise], atol=1e-6)
    assert (window[:-5] == 0).all()


def test_only_seen_prices_are_learned_and_many_windows_are_sampled(shelves: Callable[..., Panel]) -> None:
    panel = shelves(4, 130)
    logs = np.log(panel.prices)
    observed = panel.observed.copy()
    observed[:, 60:80] = False
    windows, returns = training_windows(logs, observed, 5)
    assert windows.shape == (len(returns), 60, 2)
    assert np.isfinite(returns).any(axis=1).all()
    whole, _ = training_windows(logs, panel.observed, 5)
    assert len(whole) > len(windows)
    many = np.tile(logs, (60, 1))
    first, second = (training_windows(many, np.isfinite(many), 5) for _ in range(2))
    assert len(first[0]) == MOST_WINDOWS
    np.testing.assert_array_equal(first[1], second[1])
