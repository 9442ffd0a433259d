"""Price spells as arrays: one row of bytes a product, because a large shop has a million spells.

A row a spell costs PostgreSQL and Python a microsecond together; as one value of their product they cost a third.
"""

import zoneinfo
from typing import Any

import numpy as np
import numpy.typing as npt
from django.contrib.postgres.aggregates.mixins import OrderableAggMixin
from django.db.models import Aggregate, BinaryField, Count, FloatField, Func, QuerySet
from django.db.models.functions import Cast, TruncDate

from scraping.models import PriceSpell

# A spell as PostgreSQL's own functions write it: two dates (days since 2000) and the price, highest byte first.
# https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES
SPELL = np.dtype([("first", ">i4"), ("last", ">i4"), ("price", ">f8")])
DAYS = np.dtype([("product", "i8"), ("first", "i8"), ("last", "i8"), ("price", "f8")])
POSTGRES_EPOCH = 730_120  # date(2000, 1, 1).toordinal()


class JoinedBytes(OrderableAggMixin, Aggregate):
    """The bytes of many rows, one behind the other."""

    function = "string_agg"
    template = "%(function)s(%(expressions)s, ''::bytea %(order_by)s)"
    output_field = BinaryField()


def spell_days(spells: QuerySet[PriceSpell], zone: zoneinfo.ZoneInfo) -> npt.NDArray[Any]:
    """The spells' products, first and last days in the zone (ordinals) and prices, by product and beginning.

    A structured array [spells] with the fields product, first, last and price. RuntimeError where one has no price.
    """
    rows = (
        spells.order_by("product_id")
        .values("product_id")
        .annotate(joined=JoinedBytes(_as_bytes(zone), order_by="first_seen"), count=Count("pk"))
        .values_list("product_id", "joined", "count")
    )
    sent = [(product, bytes(joined or b""), count) for product, joined, count in rows]
    counts = [count for _, _, count in sent]
    days = np.empty(sum(counts), dtype=DAYS)
    table = np.frombuffer(b"".join(joined for _, joined, _ in sent), dtype=SPELL)
    if len(table) != len(days):
        raise RuntimeError("PostgreSQL sent fewer spells than there are: is a price missing?")
    days["product"], days["price"] = np.repeat([product for product, _, _ in sent], counts), table["price"]
    days["first"], days["last"] = table["first"] + POSTGRES_EPOCH, table["last"] + POSTGRES_EPOCH
    return days


def _as_bytes(zone: zoneinfo.ZoneInfo) -> Func:
    """One spell as the bytes of `SPELL`."""
    days = [Func(TruncDate(seen, tzinfo=zone), function="date_send") for seen in ("first_seen", "last_seen")]
    price = Func(Cast("price", FloatField()), function="float8send")
    return Func(*days, price, template="(%(expressions)s)", arg_joiner=" || ", output_field=BinaryField())
