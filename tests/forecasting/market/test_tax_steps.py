"""A tax that was announced is taken in from its day on, by as many shelves as pass it on, and no day sooner."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.candidates.published import Published
from forecasting.forecast_context import ForecastContext
from forecasting.market.tax_steps import (
    PRIOR_SHARE,
    PRIOR_SHELVES,
    TaxStep,
    learned_pass_through,
    log_steps,
    net_of_tax,
    taxed,
)
from forecasting.panel import Panel
from forecasting.pipeline import forecast_catalogue
from forecasting.quantiles import LEVELS, MEDIAN
from tests.forecasting.test_pipeline import catalogue_of

TODAY = date(2024, 9, 20)
RISE = TaxStep(date(2024, 10, 1), 1.02, announced=date(2024, 6, 26))


def panel_until(today: date, keys: tuple[str, ...] = ("taxed", "other"), days: int = 40) -> Panel:
    prices = np.full((len(keys), days), 10.0)
    return Panel(keys, today - timedelta(days=days - 1), "daily", prices, np.ones(prices.shape, dtype=bool))


def published(series: int) -> Published:
    """10 EUR, in a band that grows with the days."""
    spread = 0.002 * np.arange(1, 31)[:, None] * (LEVELS - 0.5)[None]
    return Published(0, np.full(series, 10.0), 10 * np.exp(np.repeat(spread[None], series, axis=0)), {})


def moves(steps: list[TaxStep], today: date = TODAY) -> np.ndarray:
    return log_steps(panel_until(today), {"taxed": steps}, 30)


def test_it_works() -> None:
    before = published(2)
    after = taxed(before, moves([RISE]), 0.8)
    np.testing.assert_array_equal(after.quantiles[0, :10], before.quantiles[0, :10])
    np.testing.assert_array_equal(after.quantiles[1], before.quantiles[1])
    assert after.point[0, 10] == pytest.approx(10.2, rel=5e-3)
    assert after.quantiles[0, 10, 1] < 10.05, "one shelf of five keeps its price"
    assert after.quantiles[0, 10, -1] > 10.2


@pytest.mark.parametrize(("share", "level"), [(1.0, 10.2), (0.0, 10.0)])
def test_all_shelves_pass_it_on_or_none(share: float, level: float) -> None:
    after = taxed(published(2), moves([RISE]), share)
    assert after.point[0, 10] == pytest.approx(level, rel=1e-3)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=31)])
def test_what_is_in_the_price_already_or_beyond_the_horizon_changes_nothing(day: date) -> None:
    assert not moves([TaxStep(day, 1.02)]).any()


@pytest.mark.parametrize(("announced", "known"), [(TODAY, True), (TODAY + timedelta(days=1), False), (None, True)])
def test_a_tax_counts_from_the_day_it_was_announced(announced: date | None, *, known: bool) -> None:
    assert moves([TaxStep(RISE.day, 1.02, announced)]).any() == known


def test_two_steps_add_up() -> None:
    steps = [RISE, TaxStep(TODAY + timedelta(days=20), 1.04 / 1.02)]
    assert np.exp(moves(steps)[0, -1]) == pytest.approx(1.04)


@given(ratio=st.floats(0.7, 1.4), ahead=st.integers(-5, 40), share=st.floats(0, 1))
def test_quantiles_stay_in_order(ratio: float, ahead: int, share: float) -> None:
    after = taxed(published(2), moves([TaxStep(TODAY + timedelta(days=ahead), ratio)]), share)
    assert (np.diff(after.quantiles, axis=-1) >= -1e-12).all()


def test_models_learn_from_prices_without_the_step() -> None:
    panel = panel_until(TODAY)
    panel.prices[0, 20:] *= 1.02
    steps = {"taxed": [TaxStep(panel.day(20), 1.02)]}
    net = net_of_tax(panel, steps).prices
    np.testing.assert_allclose(net[0], 10.2)
    np.testing.assert_array_equal(net[1], panel.prices[1])


def test_a_step_after_the_last_day_takes_nothing_out() -> None:
    panel = panel_until(TODAY)
    np.testing.assert_array_equal(net_of_tax(panel, {"taxed": [RISE]}).prices, panel.prices)


def test_a_shop_that_never_passed_one_on_is_believed_less() -> None:
    keys = tuple(map(str, range(40)))
    panel = panel_until(TODAY, keys)
    steps = {key: [TaxStep(panel.day(20), 1.05)] for key in keys}
    kept = learned_pass_through(panel, steps)
    assert kept == pytest.approx(PRIOR_SHARE * PRIOR_SHELVES / (40 + PRIOR_SHELVES))
    panel.prices[:, 22:] *= 1.05
    assert learned_pass_through(panel, steps) > PRIOR_SHARE > kept
    assert learned_pass_through(panel.until(22), steps) == PRIOR_SHARE, "a week has not passed"


def test_a_catalogue_takes_it_in_and_its_advice_too(shelves: Callable[..., Panel]) -> None:
    panel = shelves(12, 200)
    today = panel.day(panel.steps - 1)
    plain = forecast_catalogue(catalogue_of(panel))
    step = {key: [TaxStep(today + timedelta(days=3), 1.1)] for key in panel.keys}
    back = {key: [TaxStep(today + timedelta(days=3), 1 / 1.1)] for key in panel.keys}
    rises = forecast_catalogue(catalogue_of(panel), known=ForecastContext(taxes=step))
    falls = forecast_catalogue(catalogue_of(panel), known=ForecastContext(taxes=back))
    for key, product in plain.products.items():
        median = rises.products[key].quantiles[:, MEDIAN] / product.quantiles[:, MEDIAN]
        np.testing.assert_allclose(median[:2], 1)
        np.testing.assert_allclose(median[2:], 1.1, atol=0.06)
        before, after, spared = (made.products[key].advice for made in (plain, rises, falls))
        if before.action != "none":
            assert after.action == "buy"
            assert (spared.expected_saving or 0) > (before.expected_saving or 0)
    text = [product.advice.action for product in falls.products.values()]
    assert text.count("wait") > sum(product.advice.action == "wait" for product in plain.products.values())
