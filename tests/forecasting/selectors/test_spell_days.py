"""Spells as arrays are the spells as rows, in whatever zone and century."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasting.selectors.spell_days import spell_days
from scraping.models import PriceSpell
from tests.factories import ProductFactory, SpellFactory

pytestmark = pytest.mark.django_db
ZONES = ("Europe/Madrid", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC")
MOMENTS = st.integers(9_000 * 86_400, 24_000 * 86_400).map(lambda second: datetime.fromtimestamp(second, UTC))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOMENTS, st.integers(0, 100_000), st.decimals("0.01", "99999", places=2), st.sampled_from(ZONES))
def test_days_are_those_of_the_zone(first: datetime, minutes: int, price: Decimal, name: str) -> None:
    zone, last = zoneinfo.ZoneInfo(name), first + timedelta(minutes=minutes)
    spell = SpellFactory(first_seen=first, last_seen=last, price=price)
    (result,) = spell_days(PriceSpell.objects.filter(pk=spell.pk), zone)
    assert result["product"] == spell.product_id
    assert result["first"] == first.astimezone(zone).date().toordinal()
    assert result["last"] == last.astimezone(zone).date().toordinal()
    assert result["price"] == float(price)


def test_they_come_by_product_and_beginning() -> None:
    other, product = ProductFactory(), ProductFactory()
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for day in (3, 1, 2):
        SpellFactory(product=product, first_seen=begin + timedelta(days=day), price=Decimal(day))
    SpellFactory(product=other, first_seen=begin + timedelta(days=9), price=Decimal(9))
    days = spell_days(PriceSpell.objects.order_by("-first_seen"), zoneinfo.ZoneInfo("UTC"))
    assert days["price"].tolist() == [9, 1, 2, 3]
    assert days["product"].tolist() == [other.pk, *[product.pk] * 3]


def test_nothing_and_no_price() -> None:
    assert len(spell_days(PriceSpell.objects.all(), zoneinfo.ZoneInfo("UTC"))) == 0
    SpellFactory(price=None, state="unavailable")
    with pytest.raises(RuntimeError, match="is a price missing"):
        spell_days(PriceSpell.objects.all(), zoneinfo.ZoneInfo("UTC"))
