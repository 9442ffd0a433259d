"""What was published is neither deleted nor rewritten; simulated data alone can be removed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from forecasting.models import AdviceScore, Forecast, ForecastScore, IndexForecast, Training
from scraping.services.seed_demo import remove_demo
from scraping.services.shops import demo_shop
from tests.factories import ProductFactory, UserFactory
from tests.record_rows import NOW, done_training, forecast_of, index_forecast_of, real_product, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    return client


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


def test_the_admin_says_what_to_do_instead_of_deleting(admin_client: Client) -> None:
    product = forecast_of(real_product(), done_training()).product
    for row, instead in ((product, "Stop watching the product instead."), (product.shop, "Switch the shop off")):
        name = row._meta.model_name
        selected = {"action": "delete_selected", "_selected_action": [row.pk]}
        for page in (
            admin_client.get(f"/admin/scraping/{name}/{row.pk}/delete/"),
            admin_client.post(f"/admin/scraping/{name}/{row.pk}/delete/", {"post": "yes"}),
            admin_client.post(f"/admin/scraping/{name}/", {**selected, "post": "yes"}),
        ):
            text = page.content.decode()
            assert "Published forecasts are never deleted." in text
            assert instead in text
            assert "permission" not in text
        row.refresh_from_db()


def test_the_admin_moves_nothing_into_the_simulated_shop(admin_client: Client) -> None:
    product = forecast_of(real_product(), done_training()).product
    for row, field in ((product, "shop"), (product.shop, "adapter")):
        page = admin_client.get(f"/admin/scraping/{row._meta.model_name}/{row.pk}/change/").content.decode()
        assert f'name="{field}"' not in page
        assert f'name="{field}"' in admin_client.get(f"/admin/scraping/{row._meta.model_name}/add/").content.decode()


def test_not_even_a_transaction_that_removes_simulated_data_deletes_a_real_forecast() -> None:
    scored(forecast_of(real_product(), done_training()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('oilwatch.removing_simulated', 'on', true)")
        for table in ("forecasting_forecastscore", "forecasting_forecast"):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("field", ["scores", "chosen", "versions", "parameters", "baseline", "refused"])
def test_what_a_finished_training_published_never_changes(field: str) -> None:
    training = done_training()
    with pytest.raises(IntegrityError), transaction.atomic():
        Training.objects.filter(pk=training.pk).update(**{field: {"made": "better"}})
    Training.objects.filter(pk=training.pk).update(standing="rolled_back")


def test_simulated_forecasts_go_with_the_demo_shop_and_real_ones_stay() -> None:
    training = done_training()
    real = forecast_of(real_product(), training)
    simulated = forecast_of(ProductFactory(shop=demo_shop()), training)
    scored(simulated)
    AdviceScore.objects.create(
        forecast=simulated, word="wait", days=14, due_on=NOW.date(), waited=0.98, always=0.98, lowest=0.97
    )
    real_index, _ = (index_forecast_of(training, simulated=simulated) for simulated in (False, True))
    assert remove_demo() == 1
    assert Forecast.objects.get() == real
    assert IndexForecast.objects.get() == real_index
    assert not AdviceScore.objects.exists()
    assert not ForecastScore.objects.exists()
