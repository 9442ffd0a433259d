"""Prophet with the producer price: stock Prophet's curve, nothing from the future, and only where it has helped."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from prophet import Prophet

from forecasting.forecasters.prophet_backend import quiet_stan
from forecasting.forecasters.prophet_curve import prophet_curves, prophet_quantiles_at
from forecasting.forecasters.prophet_fits import fits_at, lagged_producer_price
from forecasting.forecasters.prophet_gate import grades_with_gain
from forecasting.forecasters.prophet_inputs import PRODUCER_PRICE, ProphetInputs
from forecasting.forecasters.prophet_model import PRODUCER_PRICE_SCALE
from forecasting.market.producer_price import LONGEST_SILENCE, PUBLICATION_LAG, producer_price_known
from forecasting.market.promotion_days import PromotionDay
from forecasting.panel import Panel, panel_of
from forecasting.quantiles import MEDIAN
from forecasting.series import Floats, Series

START, DAYS, HORIZON = date(2024, 1, 8), 300, 30
BEFORE = 200  # days of quotations before the first price
FOLLOWS, IGNORES = "extra_virgin", "sunflower"


def quotations(seed: int = 0) -> Series:
    """A producer price that wanders, from BEFORE days before the first shelf price to the last."""
    rng = np.random.default_rng(seed)
    slow = np.convolve(rng.normal(0, 0.03, BEFORE + DAYS + 20), np.ones(20) / 20, mode="valid")[: BEFORE + DAYS]
    prices = 4 * np.exp(np.cumsum(slow))
    return Series("jaen", START - timedelta(days=BEFORE), prices, np.ones(len(prices), dtype=bool))


def shelves(market: Series, each: int = 3) -> list[Series]:
    """Oils that follow the market 37 days later, and oils whose prices stay where they are."""
    rng = np.random.default_rng(1)
    then = np.log(market.prices)[BEFORE - 37 : BEFORE - 37 + DAYS]
    seen = np.ones(DAYS, dtype=bool)
    following = [np.exp(1 + 0.8 * then + rng.normal(0, 0.005, DAYS)) for _ in range(each)]
    still = [8 + rng.normal(0, 0.05, DAYS) for _ in range(each)]
    return [
        *(Series(f"{FOLLOWS}{row}", START, prices, seen) for row, prices in enumerate(following)),
        *(Series(f"{IGNORES}{row}", START, prices, seen) for row, prices in enumerate(still)),
    ]


def known_of(market: Series, catalogue: list[Series]) -> ProphetInputs:
    grades = {series.key: series.key[:-1] for series in catalogue}
    return ProphetInputs("ES", producer_price=producer_price_known(market), grades=grades)


def stock(prices: Floats, column: Floats) -> Floats:
    """Stock Prophet with Stan and the same regressor: yhat [30]."""
    quiet_stan()
    model = Prophet(uncertainty_samples=0)
    model.add_country_holidays("ES")
    model.add_regressor("market", prior_scale=PRODUCER_PRICE_SCALE, standardize=True)
    days = pd.date_range(START, periods=len(column))
    frame = pd.DataFrame({"ds": days, "market": column})
    model.fit(frame[: len(prices)].assign(y=prices))
    return model.predict(frame[len(prices) :])["yhat"].to_numpy()


def test_the_curve_is_stock_prophet_s_with_the_same_regressor() -> None:
    market = quotations()
    panel = panel_of(shelves(market))
    known, cutoff = known_of(market, shelves(market)), panel.steps - 1
    column = lagged_producer_price(panel, cutoff, HORIZON, known)
    own = fits_at(panel, cutoff, range(len(panel)), HORIZON, known, producer_price=True)
    without = fits_at(panel, cutoff, [0], HORIZON, known)
    differences = [
        np.median(np.abs(own[row, :, MEDIAN] - stock(panel.prices[row], column))) / panel.prices[row, -1]
        for row in (0, 4)
    ]
    assert max(differences) < 0.005
    assert np.median(np.abs(own[0] - without[0])) / panel.prices[0, -1] > 0.005, "the regressor does something"


def test_each_day_has_the_price_that_was_out_a_horizon_before() -> None:
    market = quotations()
    panel = panel_of(shelves(market))
    column = lagged_producer_price(panel, 100, HORIZON, known_of(market, []))
    assert len(column) == 100 + 1 + HORIZON
    place = BEFORE + 100 + HORIZON - HORIZON - PUBLICATION_LAG
    assert column[-1] == pytest.approx(np.log(market.prices[place]))


def later(market: Series, day: int) -> Series:
    """The same quotations up to a day of the panel, others after it."""
    prices = market.prices.copy()
    prices[BEFORE + day + 1 :] *= 3
    return replace(market, prices=prices)


def test_nothing_after_the_cutoff_is_read_nor_what_was_not_out_by_then() -> None:
    market, cutoff = quotations(), 250
    catalogue = shelves(market)
    panel = panel_of(catalogue)
    prices = panel.prices.copy()
    prices[:, cutoff + 1 :] *= 2
    other = known_of(later(market, cutoff - PUBLICATION_LAG), catalogue)
    rows = range(len(panel))
    one = prophet_quantiles_at(panel, [cutoff], rows, HORIZON, known_of(market, catalogue))
    two = prophet_quantiles_at(replace(panel, prices=prices), [cutoff], rows, HORIZON, other)
    np.testing.assert_array_equal(one, two)
    earlier = known_of(later(market, cutoff - PUBLICATION_LAG - 1), catalogue)
    three = prophet_quantiles_at(panel, [cutoff], rows, HORIZON, earlier)
    assert not np.array_equal(one, three), "what was out is read"


def test_it_is_used_for_grades_that_it_has_helped_and_kept_with_the_curve() -> None:
    market = quotations()
    catalogue = shelves(market)
    curves = {
        curve.key: curve for curve in prophet_curves(catalogue, horizon=HORIZON, known=known_of(market, catalogue))
    }
    assert {key[:-1] for key, curve in curves.items() if curve.inputs == (PRODUCER_PRICE,)} == {FOLLOWS}
    assert {key[:-1] for key, curve in curves.items() if not curve.inputs} == {IGNORES}
    plain = {curve.key: curve for curve in prophet_curves(catalogue, horizon=HORIZON, known=ProphetInputs("ES"))}
    np.testing.assert_array_equal(curves[f"{IGNORES}0"].quantiles, plain[f"{IGNORES}0"].quantiles)
    assert not np.array_equal(curves[f"{FOLLOWS}0"].quantiles, plain[f"{FOLLOWS}0"].quantiles)


def test_shares_together_are_the_whole() -> None:
    market = quotations()
    catalogue = shelves(market)
    known = known_of(market, catalogue)
    whole = {curve.key: curve for curve in prophet_curves(catalogue, horizon=7, known=known)}
    shares = [
        curve for share in range(4) for curve in prophet_curves(catalogue, horizon=7, known=known, share=share, of=4)
    ]
    assert sorted(curve.key for curve in shares) == sorted(whole)
    for curve in shares:
        assert curve.inputs == whole[curve.key].inputs
        np.testing.assert_array_equal(curve.quantiles, whole[curve.key].quantiles)


def gains(panel: Panel, known: ProphetInputs, cutoff: int = DAYS - 1) -> frozenset[str]:
    return grades_with_gain(panel, cutoff, HORIZON, known)


def test_a_market_that_fell_silent_or_is_too_young_or_never_moved_is_not_used() -> None:
    market = quotations()
    catalogue = shelves(market)
    panel, known = panel_of(catalogue), known_of(market, catalogue)
    assert gains(panel, known) == {FOLLOWS}
    assert gains(panel, replace(known, producer_price=None)) == frozenset()
    assert gains(panel, known, cutoff=HORIZON - 1) == frozenset(), "no past cutoff"
    end = len(market.prices) - PUBLICATION_LAG - LONGEST_SILENCE
    silent = replace(market, observed=np.arange(len(market.prices)) < end - 1)  # known on all days but the last ahead
    talking = replace(market, observed=np.arange(len(market.prices)) < end)
    young = Series("jaen", START, market.prices[BEFORE:], market.observed[BEFORE:])
    flat = replace(market, prices=np.full(len(market.prices), 4.0))
    for unusable in (silent, young, flat):
        curves = prophet_curves(catalogue, horizon=HORIZON, known=known_of(unusable, catalogue))
        assert {curve.inputs for curve in curves} == {()}
    curves = prophet_curves(catalogue, horizon=HORIZON, known=known_of(talking, catalogue))
    assert {curve.inputs for curve in curves} == {(), (PRODUCER_PRICE,)}


def test_a_promotion_counts_once_it_is_announced() -> None:
    catalogue = shelves(quotations(), each=1)
    panel = panel_of(catalogue)
    sale = range(20, 300, 28)
    prices = panel.prices.copy()
    prices[:, list(sale)] *= 0.7
    panel = replace(panel, prices=prices)

    def fall(announced: date | None) -> float:
        """How far the first day of the sale lies below the day before it, seen from ten days earlier."""
        days = [PromotionDay("3x2", START + timedelta(days=day)) for day in sale if day < 250]
        coming = PromotionDay("3x2", START + timedelta(days=272), announced)
        quantiles = prophet_quantiles_at(panel, [262], [0], 14, ProphetInputs(promotions=(*days, coming)))
        point = quantiles[0, 0, :, MEDIAN]
        return float(point[9] / point[8])

    cutoff = START + timedelta(days=262)
    assert fall(None) < 0.8
    assert fall(cutoff) < 0.8
    assert fall(cutoff + timedelta(days=1)) > 0.95
