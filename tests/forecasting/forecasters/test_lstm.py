"""The pooled LSTM: anchored, pooled, deterministic, and kept as JSON."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from forecasting.features.feature_table import features_of
from forecasting.forecasters import lstm
from forecasting.forecasters.base import History, PointForecaster, history_at
from forecasting.panel import Panel
from forecasting.quantiles import MEDIAN
from tests.forecasting.conftest import START

HORIZON = 10


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch", reason="the LSTM is an extra: pip install .[lstm]", exc_type=ImportError)


def past_of(panel: Panel) -> History:
    return history_at(panel, features_of(panel), panel.steps - 1)


def test_without_torch_it_says_what_to_install(shelves: Callable[..., Panel], monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(lstm.NoTorch, match=r"pip install \.\[lstm\]"):
        lstm.PooledLstm().forecast(past_of(shelves(2, 60)), HORIZON)


def test_it_works(torch: Any, shelves: Callable[..., Panel]) -> None:
    past = past_of(shelves(12, 130))
    forecaster: PointForecaster = lstm.PooledLstm()
    path = forecaster.forecast(past, HORIZON)
    assert path.shape == (12, HORIZON)
    assert np.isfinite(path).all()
    assert (np.abs(np.log(path / past.last[:, None])) < 0.5).all()
    np.testing.assert_array_equal(path, forecaster.forecast(past, HORIZON))


def test_the_unit_of_the_prices_does_not_matter(torch: Any, shelves: Callable[..., Panel]) -> None:
    panel = shelves(8, 120)
    path = lstm.PooledLstm().forecast(past_of(panel), HORIZON)
    dearer = lstm.PooledLstm().forecast(past_of(replace(panel, prices=panel.prices * 8)), HORIZON)
    np.testing.assert_allclose(dearer, 8 * path, rtol=1e-3)


def test_it_learns_what_all_products_share(torch: Any) -> None:
    """Ten days dear, ten days cheap, each in its own step: who learned nothing would stay at the last price."""
    days = np.arange(200)[None, :] + np.arange(30)[:, None]
    prices = np.linspace(5, 9, 30)[:, None] * np.where((days // 10) % 2 == 0, 1.0, 0.8)
    panel = Panel(tuple(map(str, range(30))), START, "daily", prices, np.ones(prices.shape, dtype=bool))
    model = lstm.train_lstm(past_of(panel.until(189)), HORIZON)
    assert model is not None
    median = model.quantiles(past_of(panel.until(189)))[..., MEDIAN]
    truth = np.log(prices[:, 190:200] / prices[:, 189:190])
    assert np.abs(median - truth).mean() < 0.5 * np.abs(truth).mean()


def test_quantiles_rise_and_weights_survive_json(torch: Any, shelves: Callable[..., Panel]) -> None:
    past = past_of(shelves(10, 120))
    model = lstm.train_lstm(past, HORIZON)
    assert model is not None
    quantiles = model.quantiles(past)
    assert (np.diff(quantiles, axis=-1) >= 0).all()
    again = lstm.lstm_from_text(model.to_text())
    np.testing.assert_allclose(again.quantiles(past), quantiles, atol=1e-6)


NOT_WEIGHTS = ("", "[]", "{}", '{"format": 2}', '{"format": 1, "horizon": 3, "scale": 1, "weights": {}}')


@pytest.mark.parametrize("text", NOT_WEIGHTS)
def test_other_texts_are_no_weights(torch: Any, text: str) -> None:
    with pytest.raises(lstm.BadWeights):
        lstm.lstm_from_text(text)


def test_too_little_history_is_the_last_price_and_no_price_is_none(torch: Any, shelves: Callable[..., Panel]) -> None:
    past = past_of(shelves(3, 45))
    np.testing.assert_array_equal(lstm.PooledLstm().forecast(past, 30), np.repeat(past.last[:, None], 30, axis=1))
    panel = shelves(12, 130)
    prices = panel.prices.copy()
    prices[0, 100:] = np.nan
    path = lstm.PooledLstm().forecast(past_of(replace(panel, prices=prices, observed=np.isfinite(prices))), HORIZON)
    assert np.isnan(path[0]).all()
    assert np.isfinite(path[1:]).all()
