"""The hazard of a fall: chances that agree with each other, learned from ended windows alone."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from forecasting.features.feature_table import features_of
from forecasting.forecasters.base import History, history_at
from forecasting.forecasters.price_fall import fallen, hazard_rows, median_step, spans_of, train_price_fall
from forecasting.panel import Panel


def past_of(panel: Panel) -> History:
    return history_at(panel, features_of(panel), panel.steps - 1)


def test_it_works(shelves: Callable[..., Panel]) -> None:
    past = past_of(shelves(30, 160))
    model = train_price_fall(past, 30)
    assert model is not None
    chances = model.chances(past.features.values[:, -1])
    assert chances.shape == (30, 2, 5)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances, axis=2) >= 0).all(), "a longer wait is never less likely"
    assert (chances[:, 0] >= chances[:, 1]).all(), "nor is a smaller fall"


def test_promotions_that_end_are_told_from_prices_that_may_still_fall(shelves: Callable[..., Panel]) -> None:
    past = past_of(shelves(60, 200, seed=4))
    model = train_price_fall(past, 30)
    assert model is not None
    chances = model.chances(past.features.values[:, -1])[:, 0, -1]
    reduced = past.features.column("from_mode")[:, -1] < -0.05
    assert reduced.any()
    assert chances[reduced].mean() < 0.7 * chances[~reduced].mean()


def test_who_fell_before_is_not_at_risk_again(shelves: Callable[..., Panel]) -> None:
    panel = shelves(4, 60)
    prices = np.full((4, 60), 10.0)
    prices[:, 50:] = 9.0
    table, came = hazard_rows(past_of(replace(panel, prices=prices)), (3, 7))
    places = table[:, -2]
    assert set(np.unique(places)) == {0, 1}
    assert came.sum() > 0
    assert table.shape[1] == past_of(panel).features.values.shape[2] + 2


def test_where_nothing_ever_fell_nothing_is_learned(shelves: Callable[..., Panel]) -> None:
    panel = shelves(12, 130)
    assert train_price_fall(past_of(replace(panel, prices=np.full(panel.prices.shape, 5.0))), 30) is None


def test_the_last_span_ends_on_the_horizon() -> None:
    assert spans_of("daily", 30) == (3, 7, 14, 21, 30)
    assert spans_of("daily", 10) == (3, 7, 10)
    assert spans_of("weekly", 4) == (1, 2, 3, 4)


def test_a_fall_counts_on_any_step_after_the_first() -> None:
    prices = np.array([[10, 9, 10, 10], [10, 10, 10, np.nan]])
    rows, starts = np.array([0, 1]), np.array([0, 0])
    floor = prices[:, 0] * 0.95
    assert fallen(prices, rows, starts, floor, 0, 1).tolist() == [True, False]
    assert fallen(prices, rows, starts, floor, 1, 3).tolist() == [False, False]


def test_the_day_by_which_a_fall_is_as_likely_as_not() -> None:
    chances = np.array([[0.1, 0.2, 0.4], [0.5, 0.6, 0.7], [0.25, 0.75, 0.8]])
    days = median_step(chances, (4, 8, 12))
    assert np.isnan(days[0])
    assert days[1:].tolist() == [4.0, pytest.approx(6.0)]
