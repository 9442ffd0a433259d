"""Which forecasts of past cutoffs are shown: by a rule, with the prices that followed."""

from datetime import date

import numpy as np
import pytest

from forecasting.evaluation.examples import past_examples
from forecasting.evaluation.scored_windows import ScoredWindows
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS
from forecasting.serialization.training_scores import past_examples_of

SERIES, CUTOFF = 21, 99


def scored(gains, horizon=30):
    """One cutoff: series `row` was forecast to reach 11, and came out nearer to that than to 10 by its gain."""
    shape = (len(gains), 1, horizon)
    points = np.full(shape, 11.0)
    # |came - 10| - |came - 11| over 10 is the gain: 2 came - 21 = 10 gain
    came = np.repeat((21 + 10 * np.array(gains))[:, None, None] / 2, horizon, axis=2)
    return ScoredWindows(
        cutoffs=(CUTOFF,),
        actual=came,
        last=np.full(shape[:2], 10.0),
        scale=np.ones(shape[:2]),
        live=np.ones(shape[:2], dtype=bool),
        quantiles=np.repeat(points[..., None], len(LEVELS), axis=3),
        points=points,
        reference=np.repeat(points[..., None], len(LEVELS), axis=3),
        chosen=(),
    )


def panel(rows, freq="daily"):
    prices = np.full((rows, 140), 10.0)
    return Panel(
        tuple(str(row) for row in range(rows)), date(2026, 1, 1), freq, prices, np.ones_like(prices, dtype=bool)
    )


def test_the_ninetieth_and_the_tenth_percentile_of_the_gain_are_chosen():
    gains = np.linspace(-0.1, 0.1, SERIES) + 0.0001
    made = past_examples(scored(gains), panel(SERIES))
    assert made["n"] == SERIES
    assert (made["good"]["key"], made["bad"]["key"]) == ("18", "2")
    number, examples = past_examples_of({"examples": made})
    good, bad = examples["good"], examples["bad"]
    assert number == SERIES
    assert good.naive - good.error == pytest.approx(gains[18])
    assert bad.naive - bad.error == pytest.approx(gains[2])
    assert (good.cutoff, good.last_price, len(good.point), len(good.before)) == (date(2026, 4, 10), 10.0, 30, 90)
    assert good.actual[0] == pytest.approx((21 + 10 * gains[18]) / 2)


def test_a_forecast_of_no_change_and_one_that_was_hardly_seen_do_not_count():
    gains = [0.0] * 30 + list(np.linspace(-0.1, 0.1, 11) + 0.0001)
    windows = scored(gains)
    windows.actual[40, 0, 14:] = np.nan  # 14 of 30 days
    assert past_examples(windows, panel(41))["n"] == 10


@pytest.mark.parametrize(("rows", "freq", "horizon"), [(9, "daily", 30), (SERIES, "weekly", 30), (SERIES, "daily", 14)])
def test_too_few_or_another_frequency_give_none(rows, freq, horizon):
    assert past_examples(scored([0.01] * rows, horizon), panel(rows, freq)) == {}


@pytest.mark.parametrize("figures", [{}, None, {"examples": {"n": 3}}, {"examples": {"n": 3, "good": {}, "bad": 1}}])
def test_trainings_without_examples_have_none(figures):
    assert past_examples_of(figures) == (0, {})
