"""A forecast beside what came: seen days only, shares of the last price, what waiting cost."""

import numpy as np
import pytest

from forecasting.evaluation.score_published import PublishedPrices, costs, score_horizon
from forecasting.quantiles import LEVELS, crps

PUBLISHED_FORECAST = PublishedPrices(
    last=100.0,
    levels=LEVELS,
    quantiles=np.tile(90 + 20 * LEVELS, (30, 1)),
    point=np.full(30, 98.0),
)


def test_errors_are_shares_of_the_last_price():
    scored = score_horizon(PUBLISHED_FORECAST, np.full(30, 99.0), 7)
    assert (scored.days_seen, scored.last_step, scored.outcome) == (7, 7, 99.0)
    assert scored.error == pytest.approx(0.01)
    assert scored.naive_error == pytest.approx(0.01)
    assert scored.crps == pytest.approx(float(crps(np.array([0.99]), PUBLISHED_FORECAST.quantiles[:1] / 100)[0]))
    assert (scored.inside_80, scored.inside_95) == (7, 7)


def test_only_seen_days_count():
    seen = np.full(30, np.nan)
    seen[2], seen[5], seen[20] = 90.6, 80.0, 300.0
    scored = score_horizon(PUBLISHED_FORECAST, seen, 7)
    assert (scored.days_seen, scored.last_step, scored.outcome) == (2, 6, 80.0)
    assert (scored.inside_80, scored.inside_95) == (0, 1)
    assert score_horizon(PUBLISHED_FORECAST, np.full(30, np.nan), 7).days_seen == 0


def test_waiting_takes_the_first_price_three_per_cent_lower():
    assert costs(100.0, np.array([101.0, 97.0, 90.0])) == pytest.approx((0.97, 0.90))


def test_waiting_in_vain_pays_the_last_day():
    assert costs(100.0, np.array([101.0, 98.0, 104.0])) == pytest.approx((1.04, 0.98))
    assert costs(100.0, np.array([101.0, 104.0])) == pytest.approx((1.04, 1.0))


def test_an_end_nobody_saw_is_not_judged():
    assert costs(100.0, np.array([99.0, np.nan])) is None
    assert costs(100.0, np.array([])) is None
