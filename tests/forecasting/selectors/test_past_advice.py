"""The advice of the last 90 days and how it turned out, as the next training reads it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from forecasting.models import AdviceScore, Forecast, Training
from forecasting.policy.realised_advice import RealisedAdvice
from forecasting.selectors.past_advice import past_advice
from scraping.models import Product
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def product() -> Product:
    made: Product = ProductFactory()
    return made


def scored(product: Product, due: date, word: str, waited: float, lowest: float) -> None:
    training = Training.objects.create(
        status="done", standing="served", artefact="a", checksum="b", dispatch_at=timezone.now()
    )
    forecast = Forecast.objects.create(
        product=product, training=training, cutoff=due - timedelta(days=14), last_price=10, method="event model",
        levels=[0.5], quantiles=[[10.0]], point=[10.0],
    )  # fmt: skip
    AdviceScore.objects.create(
        forecast=forecast, word=word, days=14, due_on=due, waited=waited, always=waited, lowest=lowest
    )


def test_it_works(product: Product) -> None:
    scored(product, TODAY, "wait", 0.9, 0.9)
    scored(product, TODAY - timedelta(days=1), "wait", 1.1, 1.0)
    scored(product, TODAY - timedelta(days=2), "buy", 0.7, 0.7)
    scored(product, TODAY - timedelta(days=91), "wait", 2.0, 1.0)
    scored(product, TODAY + timedelta(days=1), "wait", 2.0, 1.0)
    scored(ProductFactory(), TODAY, "wait", 2.0, 1.0)
    result = past_advice(product.shop, today=TODAY)
    assert (result.decisions, result.waits, result.lost) == (3, 2, 1)
    assert result.saving == pytest.approx(1 - (0.9 + 1.1 + 1.0) / 3)
    assert result.possible == pytest.approx(1 - (0.9 + 1.0 + 0.7) / 3)


def test_without_judged_advice(product: Product) -> None:
    assert past_advice(product.shop, today=TODAY) == RealisedAdvice()
