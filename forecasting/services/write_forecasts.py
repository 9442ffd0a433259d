"""Enter forecasts into the ledger: one COPY, because a thousand forecasts are half a million numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.db import connection
from django.utils import timezone

from forecasting.models import Training
from scraping.models import Product

# column -> its name in a payload
COLUMNS = {"cutoff": "origin"} | {
    name: name for name in ("last_price", "method", "levels", "quantiles", "point", "skill", "advice", "odds")
}
CURVE = ("method", "cutoff", "last_price", "levels", "quantiles", "inputs")
AS_ARRAY = str.maketrans("[]", "{}")  # PostgreSQL's brackets


def write_forecasts(*, training: Training, forecasts: Mapping[int, Mapping[str, Any]]) -> None:
    """Write the forecast (see `payload_of`) of each product id; all or none, with the caller's transaction."""
    table = f"COPY forecasting_forecast (product_id, training_id, created_at, {', '.join(COLUMNS)}) FROM STDIN"
    now = timezone.now()
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(table) as copy:
        for product_id, payload in forecasts.items():
            copy.write_row((product_id, training.pk, now, *(_literal(payload[name]) for name in COLUMNS.values())))


def write_method_forecasts(*, training: Training, curves: Iterable[Mapping[str, Any]]) -> None:
    """Write curves (see `unpacked_curves`) of products that are still there; with the caller's transaction."""
    rows = {int(curve["key"]): curve for curve in curves}
    there = sorted(Product.objects.filter(pk__in=rows).values_list("pk", flat=True))  # no query once COPY has begun
    table = f"COPY forecasting_methodforecast (product_id, training_id, created_at, {', '.join(CURVE)}) FROM STDIN"
    now = timezone.now()
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(table) as copy:
        for product_id in there:
            copy.write_row((product_id, training.pk, now, *(_literal(rows[product_id][name]) for name in CURVE)))


def _literal(value: Any) -> Any:
    if isinstance(value, list):
        return orjson.dumps(value).decode().translate(AS_ARRAY)
    return orjson.dumps(value).decode() if isinstance(value, dict) else value
