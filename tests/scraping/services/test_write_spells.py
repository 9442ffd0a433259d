"""Many products at once: every spell keeps the volume the SKU stood for at its time."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from scraping.models import PriceSpell
from scraping.services.write_spells import write_spells
from scraping.spells import Terms, group, to_seconds
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_spells_of_the_product_before_get_no_volume() -> None:
    product = ProductFactory(litres=Decimal(1), series_since=NOW - 30 * DAY)
    looks = {to_seconds(NOW - ago * DAY): Terms("in_stock", Decimal(40)) for ago in (60, 1)}
    write_spells(products={"oil": product}, regrouped=lambda *_: group(looks, max_gap=2 * DAY))
    assert list(PriceSpell.objects.order_by("first_seen").values_list("litres", flat=True)) == [None, Decimal(1)]
