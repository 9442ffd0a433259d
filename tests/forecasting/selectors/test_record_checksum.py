"""The checksum of a day stays, whatever is published, scored or served later; a changed record has another."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from forecasting.models import Forecast, IndexForecast, Standing
from forecasting.selectors.record_checksum import record_checksum
from forecasting.services.rule_standing import serve
from scraping.services.seed_demo import remove_demo
from scraping.services.shops import demo_shop
from tests.factories import ProductFactory
from tests.record_rows import NOW, done_training, forecast_of, index_forecast_of, real_product, scored

pytestmark = pytest.mark.django_db
YESTERDAY = (timezone.now() - timedelta(days=1)).date()


@pytest.fixture
def forecast() -> Forecast:
    """One of yesterday, with an index forecast, a simulated one, and a training held back."""
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        made = forecast_of(real_product(), done_training(standing=Standing.HELD_BACK))
        index_forecast_of(made.training, simulated=False)
        forecast_of(ProductFactory(shop=demo_shop()), done_training())
    return made


def test_it_stays(forecast: Forecast) -> None:
    before = record_checksum(until=YESTERDAY)
    assert before.forecasts == 2
    forecast_of(forecast.product, done_training(), cutoff=NOW.date())
    serve(training_ids=[forecast.training_id], by="operator")
    scored(forecast)
    remove_demo()
    assert record_checksum(until=YESTERDAY) == before
    assert record_checksum(until=YESTERDAY - timedelta(days=1)).forecasts == 0
    assert record_checksum(until=NOW.date() + timedelta(days=1)).forecasts == 3


@pytest.mark.parametrize("change", ["point", "odds", "created_at", "index", "deleted"])
def test_another_record_has_another(forecast: Forecast, change: str) -> None:
    before = record_checksum(until=YESTERDAY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")  # the owner of a database can do this
    if change == "point":
        Forecast.objects.filter(pk=forecast.pk).update(point=[39.0])
    elif change == "odds":
        Forecast.objects.filter(pk=forecast.pk).update(odds={"5": {"7": 0.9}, "days_to_fall": 3})
    elif change == "created_at":
        Forecast.objects.filter(pk=forecast.pk).update(created_at=forecast.created_at - timedelta(days=9))
    elif change == "index":
        IndexForecast.objects.update(point=[7.0])
    else:
        Forecast.objects.filter(pk=forecast.pk)._raw_delete("default")
    assert record_checksum(until=YESTERDAY).sha256 != before.sha256


def test_the_command(forecast: Forecast) -> None:
    output = StringIO()
    call_command("record_checksum", stdout=output)
    call_command("record_checksum", "--until", YESTERDAY.isoformat(), stdout=output)
    first, second = output.getvalue().splitlines()
    assert first == second == f"{YESTERDAY} 2 forecasts sha256:{record_checksum(until=YESTERDAY).sha256}"
    with pytest.raises(CommandError, match="is not over yet"):
        call_command("record_checksum", "--until", timezone.now().date().isoformat())
