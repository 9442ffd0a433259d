"""The LSTM's curves: a part of a training where the LSTM is a contender, published and drawn like Prophet's."""

from typing import Any

import numpy as np
import pytest
from django.test import Client

from forecasting.forecasters import lstm
from forecasting.forecasters.lstm_curve import LSTM
from forecasting.models import MethodForecast, PartKind, TrainingStatus
from forecasting.services.train import wait_for
from scraping.models import PriceSpell
from tests.forecasting.services.made_up_shop import made_up_shop, planned

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not lstm.available(), reason="needs Keras and JAX: pip install .[lstm]"),
]


@pytest.mark.timeout(300)  # JAX compiles; seconds where nothing else runs
def test_it_is_trained_where_it_is_a_contender_and_its_curve_can_be_shown(settings: Any, client: Client) -> None:
    settings.OILWATCH_CONTENDERS = [LSTM]
    settings.OILWATCH_PROPHET_CURVES = False
    shop = made_up_shop(24)  # with 96 days each, just enough windows to learn from
    training = planned()
    assert training.parts.filter(kind=PartKind.LSTM).count() == 1
    settings.OILWATCH_CONTENDERS = []  # at past cutoffs it is trained by other tests
    training.parts.filter(kind=PartKind.COMPARE).delete()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    curves = MethodForecast.objects.filter(training=training, method=LSTM)
    assert set(curves.values_list("product", flat=True)) == set(shop.products.values_list("pk", flat=True))
    quantiles = np.array([curve.quantiles for curve in curves])
    last = np.array([curve.last_price for curve in curves])
    assert (np.diff(quantiles, axis=2) >= 0).all()
    assert np.abs(quantiles / last[:, None, None] - 1).max() < 1, "in the unit of the prices"
    product = curves[0].product_id
    shop.products.filter(pk=product).update(latest_spell=PriceSpell.objects.filter(product=product).latest("last_seen"))
    answer = client.get(f"/api/predict/?product={product}&method=lstm")
    assert answer.status_code == 200, answer.content
    page = client.get(f"/products/{product}/?show=lstm").content.decode()
    assert 'class="line line-lstm"' in page


def test_without_being_a_contender_it_is_not_trained() -> None:
    made_up_shop(2)
    assert not planned().parts.filter(kind=PartKind.LSTM).exists()


def test_a_broken_network_costs_no_published_forecast(settings: Any, monkeypatch: Any) -> None:
    made_up_shop(2)

    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("forecasting.services.train_part.lstm_curves", broken)
    settings.OILWATCH_CONTENDERS = [LSTM]
    training = planned()
    settings.OILWATCH_CONTENDERS = []  # the gate's own LSTM is not what is tried here
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert "ZeroDivisionError" in training.reason
    assert training.forecasts.count() == 2
