"""A forecast beside what came: seen days only, shares of the last price, what waiting cost."""

from datetime import date

import numpy as np
import pytest

from forecasting.evaluation.score_published import (
    AdviceCosts,
    LaterAdvice,
    PublishedPrices,
    buy_days,
    costs,
    score_horizon,
)
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
    assert costs(100.0, np.array([101.0, 97.0, 90.0])) == AdviceCosts(0.97, 0.97, 0.90)


def test_waiting_in_vain_pays_the_last_day():
    assert costs(100.0, np.array([101.0, 98.0, 104.0])) == AdviceCosts(1.04, 1.04, 0.98)
    assert costs(100.0, np.array([101.0, 104.0])) == AdviceCosts(1.04, 1.04, 1.0)


def test_an_end_nobody_saw_is_not_judged():
    assert costs(100.0, np.array([99.0, np.nan])) is None
    assert costs(100.0, np.array([])) is None


NAN = float("nan")


@pytest.mark.parametrize(
    ("prices", "days", "waited"),
    [
        ([101.0, 102.0, 104.0], [0, 0, 0], 1.04),
        ([101.0, 102.0, 104.0], [0, 1, 0], 1.02),
        ([101.0, 102.0, 104.0], [1, 0, 1], 1.01),
        ([97.0, 102.0, 104.0], [0, 1, 0], 0.97),  # the limit came first
        ([101.0, 96.0, 104.0], [0, 1, 0], 0.96),
        ([101.0, NAN, 103.0, 104.0], [0, 1, 0, 0], 1.03),  # bought at the next known price
        ([104.0], [0], 1.04),
    ],
)
def test_who_waits_buys_when_a_later_advice_says_so(prices: list[float], days: list[int], waited: float) -> None:
    cost = costs(100.0, np.array(prices), np.array(days, dtype=bool))
    always = costs(100.0, np.array(prices))
    assert cost is not None
    assert always is not None
    assert cost.waited == waited
    assert (cost.always, cost.lowest) == (always.waited, always.lowest), "neither heeds later advice"


def test_only_advice_from_later_prices_is_heeded() -> None:
    start, cutoff = date(2026, 1, 2), date(2026, 1, 1)
    later = {
        date(2026, 1, 3): LaterAdvice(date(2026, 1, 1), "buy"),  # no newer prices than the waiter's
        date(2026, 1, 4): LaterAdvice(date(2026, 1, 3), "wait"),
        date(2026, 1, 5): LaterAdvice(date(2026, 1, 4), "no_hurry"),
        date(2026, 1, 6): LaterAdvice(date(2026, 1, 5), "buy"),
        date(2026, 1, 8): LaterAdvice(date(2026, 1, 7), "buy"),
    }
    assert buy_days(later, start, cutoff, 5).tolist() == [False, False, False, True, False]
    assert buy_days({}, start, cutoff, 3).tolist() == [False] * 3
