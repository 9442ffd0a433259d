"""A checksum of what was published up to a day: the same whenever it is computed, unless the record was changed."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection

from scraping.models import Adapter

# What was published, row by row, and when it was served as far as that was so by the day's end; simulated rows may go.
_ROWS = """
SELECT 'product', forecast.id, forecast.product_id, forecast.training_id, forecast.cutoff, forecast.last_price,
       forecast.method, forecast.levels, forecast.quantiles, forecast.point,
       CASE forecast.odds WHEN '{}' THEN forecast.advice ELSE forecast.advice || forecast.odds END, forecast.skill,
       forecast.created_at AT TIME ZONE 'UTC',
       CASE WHEN training.served_from < %(end)s THEN training.served_from AT TIME ZONE 'UTC' END
FROM forecasting_forecast AS forecast JOIN forecasting_training AS training ON training.id = forecast.training_id
JOIN scraping_product AS product ON product.id = forecast.product_id
JOIN scraping_shop AS shop ON shop.id = product.shop_id
WHERE forecast.created_at < %(end)s AND shop.adapter <> %(demo)s ORDER BY forecast.id
"""
_INDEX_ROWS = """
SELECT 'index', forecast.id, forecast.grade, forecast.currency, forecast.training_id, forecast.cutoff,
       forecast.last_value, forecast.method, forecast.levels, forecast.quantiles, forecast.point, forecast.skill,
       forecast.created_at AT TIME ZONE 'UTC',
       CASE WHEN training.served_from < %(end)s THEN training.served_from AT TIME ZONE 'UTC' END
FROM forecasting_indexforecast AS forecast JOIN forecasting_training AS training ON training.id = forecast.training_id
WHERE forecast.created_at < %(end)s AND NOT forecast.simulated ORDER BY forecast.id
"""


@dataclass(frozen=True, slots=True)
class RecordChecksum:
    """SHA-256 over the forecasts, and how many they were."""

    forecasts: int
    sha256: str


def record_checksum(*, until: date) -> RecordChecksum:
    """Of everything published up to the end of a day (UTC) that is over; scores follow from it and from the prices."""
    parameters = {"end": datetime.combine(until + timedelta(days=1), time(), UTC), "demo": Adapter.DEMO.value}
    digest, rows = hashlib.sha256(), 0
    for query in (_ROWS, _INDEX_ROWS):
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(f"COPY ({query}) TO STDOUT", parameters) as copy,
        ):
            for lines in copy:
                digest.update(lines)
                rows += bytes(lines).count(b"\n")
    return RecordChecksum(rows, digest.hexdigest())
