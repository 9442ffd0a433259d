"""Remove forecasts of simulated products: the one exception from the rule that the published record is kept."""

from typing import Any

from django.db import connection

from forecasting.models import Forecast, IndexForecast
from scraping.models import Adapter


def remove_simulated_forecasts(**_signal: Any) -> None:
    """Delete them with their scores, in the caller's transaction; the database checks that they are simulated."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('oilwatch.removing_simulated', 'on', true)")
        Forecast.objects.filter(product__shop__adapter=Adapter.DEMO).delete()
        IndexForecast.objects.filter(simulated=True).delete()
        cursor.execute("SELECT set_config('oilwatch.removing_simulated', 'off', true)")
