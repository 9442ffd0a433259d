"""What shelves elsewhere teach: it counts while a catalogue is small, and not where it does not apply."""

from collections.abc import Callable

import numpy as np
import pytest

from forecasting.features.feature_table import features_of
from forecasting.forecasters.base import History, history_at
from forecasting.forecasters.shelf_prior import EQUAL_STEPS, prior_for, prior_weight, shelf_prior
from forecasting.panel import Panel
from forecasting.policy.limit_order import expected_saving


def past_of(panel: Panel) -> History:
    return history_at(panel, features_of(panel), panel.steps - 1)


def test_it_comes_with_the_project_and_says_from_where() -> None:
    prior = shelf_prior()
    assert len(prior.sources) >= 4
    assert not any("Spain" in source for source in prior.sources)


def test_it_answers_for_a_catalogue_that_can_teach_nothing(shelves: Callable[..., Panel]) -> None:
    past = past_of(shelves(2, 40))
    prior = prior_for(past)
    assert prior is not None
    current = past.features.values[:, -1]
    quantiles = prior.price_change.quantiles(current, 30)
    assert quantiles.shape == (2, 30, 13)
    assert (np.diff(quantiles, axis=-1) >= -1e-12).all()
    assert prior.price_fall.chances(current).shape == (2, 2, 5)
    for left in (1, 7, 14):
        assert np.isfinite(expected_saving(None, past, current, left)).all()
    assert np.isnan(expected_saving(None, past, current, 30)).all(), "it knows up to 14 days"


def test_it_counts_less_the_more_was_seen(shelves: Callable[..., Panel]) -> None:
    few, many = (prior_weight(past_of(shelves(series, 100))) for series in (2, 60))
    assert few == pytest.approx(EQUAL_STEPS["daily"] / (EQUAL_STEPS["daily"] + 200))
    assert many == pytest.approx(EQUAL_STEPS["daily"] / (EQUAL_STEPS["daily"] + 6000))


def test_it_is_for_daily_shelves(shelves: Callable[..., Panel]) -> None:
    assert prior_for(past_of(shelves(4, 60, freq="weekly"))) is None
    panel = shelves(4, 90)
    moving = panel.prices * np.exp(np.random.default_rng(0).normal(0, 0.02, panel.prices.shape))
    market = past_of(Panel(panel.keys, panel.start, "daily", moving, panel.observed))
    assert market.continuous
    assert prior_for(market) is None
    assert prior_weight(market) == 0
