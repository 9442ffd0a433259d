"""The operator's settings reach the forecast."""

from datetime import date
from typing import Any

import pytest

from forecasting.policy.smallest_saving import SmallestSaving
from forecasting.selectors.forecast_context import forecast_context_of
from tests.factories import ShopFactory

pytestmark = pytest.mark.django_db


def test_it_works(settings: Any) -> None:
    assert forecast_context_of(ShopFactory(), today=date(2026, 1, 1), horizon=30).smallest == SmallestSaving(3.0, 1.0)
    settings.OILWATCH_SMALLEST_SAVING_PERCENT, settings.OILWATCH_SMALLEST_SAVING_AMOUNT = 5.0, 2.5
    assert forecast_context_of(ShopFactory(), today=date(2026, 1, 1), horizon=30).smallest == SmallestSaving(5.0, 2.5)
