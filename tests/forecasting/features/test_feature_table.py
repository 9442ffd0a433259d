"""Features know the past alone, and the regular price is the window's mode."""

from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.features.feature_table import LEAST_KNOWN, changes_at_end, features_at_end, features_of
from forecasting.features.regular_price import rolling_mode
from forecasting.features.rolling import carried, steps_since, trailing_max, trailing_mean
from forecasting.panel import Panel


@pytest.mark.parametrize("freq", ["daily", "weekly", "monthly"])
def test_a_day_s_features_do_not_change_when_the_future_comes(shelves: Callable[..., Panel], freq: str) -> None:
    panel = shelves(5, 90, freq=freq)
    whole, half = features_of(panel), features_of(panel.until(44))
    for name in ("values", "regular", "smoothed", "volatility"):
        np.testing.assert_allclose(getattr(half, name), getattr(whole, name)[:, :45], rtol=1e-4, atol=1e-5)


def test_too_little_history_has_no_features(shelves: Callable[..., Panel]) -> None:
    least = LEAST_KNOWN["daily"]
    values = features_of(shelves(3, 40)).values
    assert np.isnan(values[:, : least - 1]).all()
    assert np.isfinite(values[:, least - 1 :]).all()


@given(st.lists(st.sampled_from([1.0, 2.0, 3.0, np.nan]), min_size=1, max_size=60), st.integers(1, 12), st.booleans())
def test_rolling_mode_agrees_with_counting(values: list[float], window: int, many: bool) -> None:
    """Whether the series counts as one of few prices or of many."""
    with patch("forecasting.features.regular_price.FEW", 0 if many else 64):
        result = rolling_mode(np.array(values), window)
    for place, mode in enumerate(result):
        known = [value for value in values[max(0, place - window + 1) : place + 1] if not np.isnan(value)]
        if not known:
            assert np.isnan(mode)
            continue
        most = max(known.count(value) for value in known)
        assert mode == max(value for value in known if known.count(value) == most)


def test_trailing_statistics_by_hand() -> None:
    values = np.array([[1.0, np.nan, 3.0, 2.0]])
    np.testing.assert_allclose(trailing_mean(values, 2), [[1, 1, 3, 2.5]])
    np.testing.assert_allclose(trailing_max(values, 3), [[1, 1, 3, 3]])
    events = np.array([[False, True, False, False]])
    assert steps_since(events, 99).tolist() == [[99, 0, 1, 2]]
    assert carried(np.array([[5.0, 6, 7, 8]]), events).tolist() == [[0, 6, 6, 6]]


def test_a_series_features_are_its_own_whoever_stands_beside_it(shelves: Callable[..., Panel]) -> None:
    """So a worker that cross-validated some series sees what the worker that forecasts all of them sees."""
    panel, rows = shelves(5, 90), [3, 0, 4]
    some, alone = features_of(panel).only(rows), features_of(panel.only(rows))
    for name in ("values", "regular", "smoothed", "volatility"):
        np.testing.assert_allclose(getattr(some, name), getattr(alone, name), rtol=1e-6)


@pytest.mark.parametrize("steps", [8, 40, 150])
def test_the_last_steps_features_are_those_of_all_steps(shelves: Callable[..., Panel], steps: int) -> None:
    """To the last bit, whatever was unknown: a forecast does not depend on how many series a worker describes."""
    panel = shelves(7, steps)
    gaps = np.where(np.random.default_rng(0).random(panel.prices.shape) < 0.2, np.nan, panel.prices)
    gaps[0, -1], gaps[1, :-3] = np.nan, np.nan
    panel = replace(panel, prices=gaps)
    whole = features_of(panel)
    with patch("forecasting.features.feature_table.CHUNK", 3):
        last = features_at_end(panel)
    for name in ("values", "regular", "smoothed", "volatility"):
        np.testing.assert_array_equal(getattr(last, name), getattr(whole, name)[:, -1:])
    np.testing.assert_array_equal(changes_at_end(panel), whole.column("changes_long")[:, -1])
