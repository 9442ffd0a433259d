"""Rows of the published record, in one line each."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from forecasting.models import Forecast, ForecastScore, IndexForecast, Training
from scraping.models import Product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

NOW = timezone.now().replace(microsecond=0)
DAY = timedelta(days=1)


def two_products_under_one_sku() -> Product:
    """Days 60 to 58 ago it cost 300, and was another product; 3 days ago until now it costs 40."""
    product: Product = ProductFactory()
    SpellFactory(product=product, first_seen=NOW - 60 * DAY, last_seen=NOW - 58 * DAY, price=Decimal(300))
    latest = SpellFactory(product=product, first_seen=NOW - 3 * DAY, last_seen=NOW, price=Decimal(40))
    product.series_since, product.latest_spell = NOW - 30 * DAY, latest
    product.save()
    return product


def real_product() -> Product:
    product: Product = ProductFactory(shop=ShopFactory(name="amazon.es", adapter="amazon"))
    return product


def done_training(**fields: Any) -> Training:
    values = {"status": "done", "standing": "served", "artefact": "a", "checksum": "b", "dispatch_at": NOW}
    return Training.objects.create(**{**values, "finished_at": NOW, **fields})


def forecast_of(product: Product, training: Training, price: float = 40.0, **fields: Any) -> Forecast:
    shape = {"method": "m", "levels": [0.5], "quantiles": [[price]], "point": [price]}
    return Forecast.objects.create(
        **{"product": product, "training": training, "cutoff": NOW.date(), "last_price": price, **shape, **fields}
    )


def scored(forecast: Forecast) -> ForecastScore:
    return ForecastScore.objects.create(
        forecast=forecast, days=7, due_on=NOW.date(), days_seen=1, error=0.1, naive_error=0.1, crps=0.1,
        last_step=1, outcome=40,
    )  # fmt: skip


def index_forecast_of(training: Training, *, simulated: bool) -> IndexForecast:
    shape = {"method": "m", "levels": [0.5], "quantiles": [[8.0]], "point": [8.0], "last_value": 8.0}
    basket = {"grade": "extra_virgin", "currency": "EUR", "simulated": simulated}
    return IndexForecast.objects.create(training=training, cutoff=NOW.date(), **basket, **shape)
