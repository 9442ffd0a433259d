"""Price spells as arrays: a COPY in PostgreSQL's binary format, because a large shop has a million of them."""

import io
import zoneinfo
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast, TruncDate

from scraping.models import PriceSpell

# One row as PostgreSQL sends it: the number of fields, then each field behind its length.
# https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT
FIELDS = (("product", ">i8"), ("first", ">i4"), ("last", ">i4"), ("price", ">f8"))
BEHIND_LENGTHS = [pair for name, kind in FIELDS for pair in ((f"{name}_bytes", ">i4"), (name, kind))]
ROW = np.dtype([("fields", ">i2"), *BEHIND_LENGTHS])
SIGNATURE = b"PGCOPY\n\xff\r\n\0"
HEADER, TRAILER = len(SIGNATURE) + 8, 2
POSTGRES_EPOCH = 730_120  # date(2000, 1, 1).toordinal()


def spell_days(spells: QuerySet[PriceSpell], zone: zoneinfo.ZoneInfo) -> npt.NDArray[Any]:
    """The spells' products, first and last days in the zone (ordinals) and prices, in the queryset's order.

    A structured array [spells] with the fields product, first, last and price; spells need a price.
    """
    rows = spells.annotate(
        first_day=TruncDate("first_seen", tzinfo=zone),
        last_day=TruncDate("last_seen", tzinfo=zone),
        amount=Cast("price", FloatField()),
    ).values_list(F("product_id"), "first_day", "last_day", "amount")
    raw = _copied(*rows.query.sql_with_params())
    if not raw.startswith(SIGNATURE) or (len(raw) - HEADER - TRAILER) % ROW.itemsize:
        raise RuntimeError("PostgreSQL sent rows of another shape: is a price missing?")
    table = np.frombuffer(raw, dtype=ROW, offset=HEADER, count=(len(raw) - HEADER - TRAILER) // ROW.itemsize)
    days = np.empty(len(table), dtype=[("product", "i8"), ("first", "i8"), ("last", "i8"), ("price", "f8")])
    days["product"], days["price"] = table["product"], table["price"]
    days["first"], days["last"] = table["first"] + POSTGRES_EPOCH, table["last"] + POSTGRES_EPOCH
    return days


def _copied(query: str, parameters: tuple[Any, ...]) -> bytes:
    buffer = io.BytesIO()
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", parameters) as copy,
    ):
        for chunk in copy:
            buffer.write(chunk)
    return buffer.getvalue()
