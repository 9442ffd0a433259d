"""Rules that once stood in several places and disagreed: page, API, export and training now give one answer."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from dashboard.selectors.latest_forecasts import latest_outlook, latest_outlooks
from dashboard.selectors.product import product_stretches
from forecasting.models import Forecast, ForecastScore, Training
from forecasting.selectors.catalogue import catalogue_of
from forecasting.selectors.current_forecast import NoForecast, current_forecast
from forecasting.selectors.served import latest_forecast
from scraping.models import PriceSpell, Product
from scraping.offer import Offer
from scraping.selectors import HistoryQuery, product_history
from scraping.services.describe_product import describe_product
from scraping.services.record_offer import record_offer
from scraping.services.seed_demo import remove_demo
from scraping.services.shops import demo_shop
from scraping.spells import Terms
from scraping.volume import read_volume
from tests.factories import ProductFactory, ShopFactory, SpellFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
DAY = timedelta(days=1)
TITLE = "Aceite de oliva virgen extra, botella 1 L"


@pytest.fixture
def admin_client() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def api() -> APIClient:
    return APIClient(headers={"host": "localhost"})


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
        **{"product": product, "training": training, "origin": NOW.date(), "last_price": price, **shape, **fields}
    )


def test_api_export_page_and_training_agree_on_the_spells_of_a_product(api: APIClient) -> None:
    product = two_products_under_one_sku()
    rows = api.get(f"/api/data/?product={product.pk}").json()["results"]
    spells = api.get(f"/api/data/?product={product.pk}&resolution=spell").json()["results"]
    grade = api.get("/api/data/?grade=extra_virgin").json()["results"]
    assert {row["price"] for row in (*rows, *spells, *grade)} == {"40.0000"}
    exported = product_history(HistoryQuery(product.pk), resolution="day")
    assert {row["price"] for row in exported} == {Decimal(40)}
    assert {float(stretch.price or 0) for stretch in product_stretches(product.pk)} == {40.0}
    (series,) = catalogue_of(product.shop)
    assert set(series.prices[~(series.prices != series.prices)].tolist()) == {40.0}
    assert list(PriceSpell.objects.own().filter(product=product).values_list("price", flat=True)) == [Decimal(40)]


def test_a_new_products_volume_leaves_the_spells_of_the_one_before_alone() -> None:
    product = ProductFactory(litres=Decimal(5))
    SpellFactory(product=product, first_seen=NOW - 60 * DAY, last_seen=NOW - 60 * DAY, litres=Decimal(5))
    own = SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW, litres=None)
    product.series_since, product.litres = NOW - 30 * DAY, None
    product.save()
    describe_product(product=product, offer=Offer("B0", TITLE, volume=read_volume(TITLE)))
    assert PriceSpell.objects.get(product=product, first_seen=NOW - 60 * DAY).litres == Decimal(5)
    own.refresh_from_db()
    assert own.litres == Decimal(1)


def test_a_late_price_of_the_product_before_gets_no_volume() -> None:
    product = ProductFactory(litres=Decimal(1), series_since=NOW - 30 * DAY)
    record_offer(product_id=product.pk, at=NOW - 60 * DAY, terms=Terms("in_stock", Decimal(40)))
    assert PriceSpell.objects.get(product=product).litres is None


def test_a_volume_corrected_in_the_admin_corrects_the_price_per_litre(admin_client: Client) -> None:
    product = ProductFactory(litres=Decimal(25))
    spell = SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW, price=Decimal(40), litres=Decimal(25))
    address = f"/admin/scraping/product/{product.pk}/change/"
    initial = admin_client.get(address).context["adminform"].form.initial
    data = {name: "" if value is None else value for name, value in initial.items()}
    data |= {"litres": "2.5", "identity": "{}", "watched": "on", "series_since_0": "", "series_since_1": ""}
    data.pop("series_since", None)
    assert admin_client.post(address, data).status_code == 302
    spell.refresh_from_db()
    assert spell.price_per_litre == Decimal(16)


def test_page_and_api_choose_the_same_forecast() -> None:
    product = ProductFactory()
    first, second = done_training(scope="all"), done_training(scope="products 1")
    forecast_of(product, second, 11.0)
    forecast_of(product, first, 10.0)  # the one-product training finished before the nightly one did
    chosen = latest_forecast(product)
    page, line = latest_outlook(product.pk), latest_outlooks([product.pk])[product.pk]
    assert chosen is not None
    assert page is not None
    assert chosen.last_price == page.last_price == line.last_price == 11.0


def test_asking_for_a_forecast_trains_nothing(api: APIClient) -> None:
    product = ProductFactory()
    for day in range(40):
        seen = NOW - (41 - day) * DAY
        SpellFactory(product=product, first_seen=seen, last_seen=seen + DAY / 2, price=Decimal(40 + day % 3))
    response = api.get(f"/api/predict/?product={product.pk}")
    assert response.status_code == 409
    assert "/api/retrain/" in response.json()["detail"]
    assert not Training.objects.exists()


def test_a_stale_forecast_is_served_nowhere(api: APIClient) -> None:
    product = ProductFactory()
    product.latest_spell = SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW, price=Decimal(40))
    product.save()
    training = done_training()
    forecast_of(product, training, origin=NOW.date() - 8 * DAY)
    response = api.get(f"/api/predict/?product={product.pk}")
    assert response.status_code == 409
    assert "too old" in response.json()["detail"]
    outlook = latest_outlook(product.pk)
    assert outlook is not None
    assert outlook.outlived(NOW)
    forecast_of(product, training, origin=NOW.date() - 7 * DAY)
    assert api.get(f"/api/predict/?product={product.pk}").status_code == 200


def test_a_refusal_holds_until_a_newer_price_comes() -> None:
    product = ProductFactory()
    SpellFactory(product=product, first_seen=NOW - 9 * DAY, last_seen=NOW - 8 * DAY)
    done_training(refused={str(product.pk): "too short"}, finished_at=NOW - 7 * DAY)
    with pytest.raises(NoForecast, match="too short"):
        current_forecast(product)
    SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW)
    with pytest.raises(NoForecast, match="no forecast yet"):
        current_forecast(product)


def scored(forecast: Forecast) -> ForecastScore:
    return ForecastScore.objects.create(
        forecast=forecast, days=7, due_on=NOW.date(), days_seen=1, error=0.1, standing_error=0.1, crps=0.1,
        last_step=1, outcome=40,
    )  # fmt: skip


def test_the_published_record_cannot_be_deleted(admin_client: Client) -> None:
    forecast = forecast_of(ProductFactory(), done_training())
    scored(forecast)
    with pytest.raises(ProtectedError):
        forecast.product.delete()
    with pytest.raises(ProtectedError):
        forecast.training.delete()
    for table in ("forecasting_forecastscore", "forecasting_forecast", "forecasting_training"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    selected = {"action": "delete_selected", "_selected_action": [forecast.pk], "post": "yes"}
    admin_client.post("/admin/forecasting/forecast/", selected)
    assert Forecast.objects.count() == ForecastScore.objects.count() == Training.objects.count() == 1


def test_not_even_a_transaction_that_removes_simulated_data_deletes_a_real_forecast() -> None:
    scored(forecast_of(real_product(), done_training()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('oilwatch.removing_simulated', 'on', true)")
        for table in ("forecasting_forecastscore", "forecasting_forecast"):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("field", ["scores", "chosen", "versions"])
def test_what_a_finished_training_published_never_changes(field: str) -> None:
    training = done_training()
    with pytest.raises(IntegrityError), transaction.atomic():
        Training.objects.filter(pk=training.pk).update(**{field: {"dressed": "up"}})
    Training.objects.filter(pk=training.pk).update(standing="rolled_back")


def test_simulated_forecasts_go_with_the_demo_shop_and_real_ones_stay() -> None:
    training = done_training()
    real = forecast_of(real_product(), training)
    scored(forecast_of(ProductFactory(shop=demo_shop()), training))
    assert remove_demo() == 1
    assert Forecast.objects.get() == real
    assert not ForecastScore.objects.exists()
