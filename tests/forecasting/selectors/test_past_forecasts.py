"""What the ledger hands to the next training."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forecasting.models import Training
from forecasting.selectors import past_forecasts as module
from forecasting.selectors.past_forecasts import past_forecasts
from tests.factories import ShopFactory
from tests.forecasting.services.test_score_forecasts import CUTOFF, forecast_of, imported

pytestmark = pytest.mark.django_db
TODAY = CUTOFF + timedelta(days=20)


def test_it_works() -> None:
    product = imported({0: 100, 5: 96, 30: 96})
    forecast_of(product)
    past = past_forecasts(product.shop, today=TODAY)
    assert (len(past), past.points.shape, past.quantiles.shape) == (1, (1, 30), (1, 30, 13))
    assert past.cutoffs.tolist() == [(CUTOFF - date(1970, 1, 1)).days]
    assert past.outcomes[0, :5].tolist() == [100, 100, 100, 100, 96]
    assert np.isfinite(past.outcomes[0]).sum() == 20  # nothing after today


def test_one_a_product_and_week_the_newest() -> None:
    product = imported({0: 100, 30: 100})
    monday = CUTOFF + timedelta(days=-CUTOFF.weekday() % 7)
    for day, last in ((0, 90), (1, 91), (1, 92), (7, 93)):
        forecast_of(product, cutoff=monday + timedelta(days=day), last_price=last)
    assert past_forecasts(product.shop, today=TODAY).last.tolist() == [92, 93]


def test_only_this_shop_the_last_months_done_trainings_and_known_levels() -> None:
    product = imported({0: 100, 30: 100})
    forecast_of(imported({0: 100}))
    forecast_of(product, cutoff=TODAY - timedelta(days=121))
    forecast_of(product, cutoff=TODAY)
    forecast_of(product, levels=[0.1, 0.5, 0.9], quantiles=[[90, 100, 110]] * 30)
    forecast_of(product, training=Training.objects.create(status="failed", dispatch_at=timezone.now()))
    assert len(past_forecasts(product.shop, today=TODAY)) == 0


def test_many_products_cost_no_more_queries_and_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PRODUCTS", 3)
    shop = ShopFactory(adapter="import", timezone="UTC")
    for _ in range(5):
        forecast_of(imported({0: 100, 30: 100}, shop=shop))
    with CaptureQueriesContext(connection) as queries:
        assert len(past_forecasts(shop, today=TODAY)) == 3
    assert len(queries) == 5
