"""The served curve is stock Prophet's, its band is what stock Prophet samples, and no later price is read."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from prophet import Prophet

from forecasting.forecasters.prophet_backend import quiet_stan
from forecasting.forecasters.prophet_calendar import known_country
from forecasting.forecasters.prophet_curve import PROPHET, prophet_curve, prophet_curves, prophet_quantiles_at
from forecasting.forecasters.prophet_fits import WINDOW
from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.market.promotion_days import promotion_days
from forecasting.market.tax_steps import TaxStep
from forecasting.offline.read_prices import read_prices
from forecasting.panel import Panel
from forecasting.quantiles import BAND_80, LEVELS, MEDIAN
from forecasting.series import Floats, Series

START = date(2024, 1, 8)
SPAIN = ProphetInputs(country="ES")


def walk(days: int, seed: int = 0, name: str = "oil") -> Series:
    rng = np.random.default_rng(seed)
    week = 0.05 * np.sin(2 * np.pi * np.arange(days) / 7)
    prices = 8 + np.cumsum(rng.normal(0, 0.02, days)) + rng.normal(0, 0.05, days) + week
    return Series(name, START, prices, np.ones(days, dtype=bool))


def stock(days: pd.DatetimeIndex, prices: Floats, *, country: str = "", samples: int = 0) -> tuple[Floats, Floats]:
    """Stock Prophet with Stan: yhat [30], and quantiles [30, 13] of its samples."""
    quiet_stan()
    np.random.seed(0)
    model = Prophet(uncertainty_samples=samples)
    if country:
        model.add_country_holidays(country)
    model.fit(pd.DataFrame({"ds": days, "y": prices}))
    ahead = pd.DataFrame({"ds": pd.date_range(days[-1], periods=31)[1:]})
    drawn = np.quantile(model.predictive_samples(ahead)["yhat"], LEVELS, axis=1).T if samples else np.empty(0)
    model.uncertainty_samples = 0
    return model.predict(ahead)["yhat"].to_numpy(), drawn


@pytest.mark.parametrize("days", [60, 200, 760])
def test_curve_and_band_are_stock_prophet_s(days: int) -> None:
    series = walk(days, seed=days)
    curve = prophet_curve(series, horizon=30, known=SPAIN)
    assert curve is not None
    assert (curve.key, curve.method, curve.cutoff) == ("oil", PROPHET, series.end)
    assert curve.last_price == series.prices[-1]
    yhat, drawn = stock(pd.date_range(START, periods=days), series.prices, country="ES", samples=1_000)
    assert np.abs(curve.point / yhat - 1).max() < 0.01
    low, high = BAND_80
    own, sampled = curve.quantiles[:, high] - curve.quantiles[:, low], drawn[:, high] - drawn[:, low]
    assert np.abs(own / sampled - 1).max() < 0.2
    assert (np.diff(curve.quantiles, axis=1) > 0).all()


@pytest.mark.parametrize("name", ["facua_oils_daily.csv.gz", "ocado_daily.csv.gz"])
def test_real_curves_are_stock_prophet_s(name: str, real_prices: Callable[[str], Path]) -> None:
    panel = read_prices(real_prices(name))
    cutoff = panel.steps - 1
    rows = np.flatnonzero(np.isfinite(panel.prices[:, cutoff])).tolist()
    quantiles = prophet_quantiles_at(panel, [cutoff], rows, 30, ProphetInputs())[:, 0]
    fitted = np.flatnonzero(np.isfinite(quantiles[:, 0, 0]))
    chosen = fitted[:: max(1, len(fitted) // 25)][:25]
    assert len(chosen) == 25
    first = max(0, cutoff + 1 - WINDOW)
    days = pd.DatetimeIndex([panel.day(step) for step in range(first, cutoff + 1)])
    differences = []
    for place in chosen:
        prices = panel.prices[rows[place], first:]
        known = np.isfinite(prices)
        yhat, _ = stock(days[known], prices[known])
        differences.append(np.median(np.abs(yhat - quantiles[place, :, MEDIAN])) / prices[-1])
    assert np.median(differences) < 0.005


def test_nothing_after_the_cutoff_is_read() -> None:
    series = [walk(200, seed) for seed in range(2)]
    prices = np.stack([each.prices for each in series])
    seen = np.ones(prices.shape, dtype=bool)
    before = prophet_quantiles_at(Panel(("a", "b"), START, "daily", prices, seen), [120, 150], [0, 1], 30, SPAIN)
    later = prices.copy()
    later[:, 151:] *= 3
    after = prophet_quantiles_at(Panel(("a", "b"), START, "daily", later, seen), [120, 150], [0, 1], 30, SPAIN)
    assert before.shape == (2, 2, 30, 13)
    np.testing.assert_array_equal(before, after)
    alone = prophet_curve(Series("a", START, prices[0, :151], np.ones(151, dtype=bool)), horizon=30, known=SPAIN)
    assert alone is not None
    np.testing.assert_allclose(alone.quantiles, before[0, 1], rtol=1e-9)


def test_no_curve_where_there_is_nothing_to_fit() -> None:
    constant = Series("constant", START, np.full(90, 5.0), np.ones(90, dtype=bool))
    gone = walk(90, name="gone")
    gone.prices[-3:], gone.observed[-3:] = np.nan, False
    young = walk(90, name="young")
    young.observed[:-10] = False
    catalogue = [constant, gone, young, walk(90, name="oil")]
    assert [curve.key for curve in prophet_curves(catalogue, horizon=7, known=ProphetInputs())] == ["oil"]
    assert list(prophet_curves([], horizon=7, known=ProphetInputs())) == []


def test_gaps_are_left_out_and_prices_stay_positive() -> None:
    series = walk(120)
    series.prices[30:60], series.observed[30:60] = np.nan, False
    falling = Series("falling", START, np.linspace(9, 0.2, 120) + np.tile([0, 0.01], 60), np.ones(120, dtype=bool))
    curves = {curve.key: curve for curve in prophet_curves([series, falling], horizon=30, known=SPAIN)}
    assert np.isfinite(curves["oil"].quantiles).all()
    assert curves["falling"].quantiles.min() == pytest.approx(0.01 * falling.prices[-1])


def test_past_taxes_are_levels_and_announced_ones_are_applied() -> None:
    plain = walk(120)
    raised = Series("oil", START, np.where(np.arange(120) >= 100, plain.prices * 1.1, plain.prices), plain.observed)
    past, ahead = TaxStep(START + timedelta(days=100), 1.1), TaxStep(raised.end + timedelta(days=10), 1.02)

    def curve(series: Series, *taxes: TaxStep) -> Floats:
        made = prophet_curve(series, horizon=30, known=ProphetInputs(taxes={"oil": taxes}))
        assert made is not None
        return made.quantiles

    without, informed, announced = curve(raised), curve(raised, past), curve(raised, past, ahead)
    expected = curve(plain)[:, MEDIAN] * 1.1
    assert np.abs(informed[:, MEDIAN] / expected - 1).max() < np.abs(without[:, MEDIAN] / expected - 1).max()
    np.testing.assert_array_equal(announced[:9], informed[:9])
    np.testing.assert_allclose(announced[9:, MEDIAN], informed[9:, MEDIAN] * 1.02)
    np.testing.assert_array_equal(announced[9:, 0], informed[9:, 0])  # a shop may not pass it on


def test_a_sale_that_comes_back_is_expected_again() -> None:
    days = (date(2026, 11, 20) - START).days
    series = walk(days)
    for promotion in promotion_days("ES", amazon=True):
        place = (promotion.day - START).days
        if 0 <= place < days:
            series.prices[place] *= 0.7
    known = ProphetInputs("ES", promotions=promotion_days("ES", amazon=True))
    informed, without = (prophet_curve(series, horizon=14, known=inputs) for inputs in (known, SPAIN))
    assert informed is not None
    assert without is not None
    black_friday = 7  # 27 November 2026, the eighth day
    assert informed.point[black_friday] < 0.8 * informed.point[black_friday - 1]
    assert without.point[black_friday] > 0.9 * without.point[black_friday - 1]


def test_countries_that_holidays_does_not_know_have_none() -> None:
    assert known_country("GB")
    assert not known_country("")
    assert not known_country("XX")
    assert prophet_curve(walk(60), horizon=7, known=ProphetInputs(country="XX")) is not None
