"""A tax that is announced is taken in from its day on, and doubted a little."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.forecast_context import ForecastContext
from forecasting.market.tax_steps import TaxStep, log_steps, taxed
from forecasting.panel import Panel
from forecasting.pipeline import forecast_catalogue
from forecasting.quantiles import MEDIAN
from tests.forecasting.calibration.test_feedback_in_the_pipeline import published
from tests.forecasting.test_pipeline import catalogue_of

TODAY = date(2024, 9, 20)
RISE = TaxStep(date(2024, 10, 1), 1.02)


def test_it_works() -> None:
    before = published(2)
    after = taxed(before, log_steps(["taxed", "other"], {"taxed": [RISE]}, TODAY, 30))
    np.testing.assert_array_equal(after.point[:, :10], before.point[:, :10])
    np.testing.assert_allclose(after.point[0, 10:], 1.02 * before.point[0, 10:])
    np.testing.assert_allclose(after.quantiles[0, 10:, 3:], 1.02 * before.quantiles[0, 10:, 3:])
    np.testing.assert_array_equal(after.quantiles[0, :, :3], before.quantiles[0, :, :3])
    np.testing.assert_array_equal(after.point[1], before.point[1])


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=31)])
def test_what_is_in_the_price_already_or_beyond_the_horizon_changes_nothing(day: date) -> None:
    assert not log_steps(["a"], {"a": [TaxStep(day, 1.02)]}, TODAY, 30).any()


def test_two_steps_add_up() -> None:
    steps = [RISE, TaxStep(TODAY + timedelta(days=20), 1.04 / 1.02)]
    assert np.exp(log_steps(["a"], {"a": steps}, TODAY, 30)[0, -1]) == pytest.approx(1.04)


@given(ratio=st.floats(0.7, 1.4), ahead=st.integers(-5, 40))
def test_quantiles_stay_in_order(ratio: float, ahead: int) -> None:
    steps = {"a": [TaxStep(TODAY + timedelta(days=ahead), ratio)]}
    after = taxed(published(1), log_steps(["a"], steps, TODAY, 30))
    assert (np.diff(after.quantiles, axis=-1) >= -1e-12).all()


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
        np.testing.assert_allclose(median[2:], 1.1)
        advice = [made.products[key].advice for made in (rises, falls)]
        if product.advice is not None and advice[0] is not None and advice[1] is not None:
            assert advice[0].action == "buy"
            assert advice[1].expected_saving > product.advice.expected_saving  # type: ignore[operator]
    text = [product.advice.action for product in falls.products.values() if product.advice]
    assert text.count("wait") > sum(
        product.advice.action == "wait" for product in plain.products.values() if product.advice
    )
