"""The same observations in any order, early, late or twice, make the same rows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraping.models import PriceSpell, Product
from scraping.services.record_offer import record_offer
from scraping.spells import Terms
from tests.factories import ProductFactory
from tests.long_form import rounds

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
TERMS = [Terms("in_stock", Decimal("39.95")), Terms("in_stock", Decimal("35.5000")), Terms("unavailable")]
observations = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(TERMS)), min_size=1, max_size=12)


def record(product: Product, seen: list[tuple[int, Terms]]) -> list[tuple]:
    for half_days, terms in seen:
        record_offer(product_id=product.pk, at=BEGIN + timedelta(hours=12 * half_days), terms=terms)
    rows = PriceSpell.objects.filter(product=product).order_by("first_seen")
    return list(rows.values_list("first_seen", "last_seen", "state", "price", "pauses", "observations"))


@settings(max_examples=rounds(20, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(observations, st.randoms())
def test_order_and_repetition_do_not_matter(seen: list, random: object) -> None:
    again = [*seen, *seen]
    random.shuffle(again)
    assert record(ProductFactory(), again) == record(ProductFactory(), seen)


def test_a_look_without_change_only_extends() -> None:
    product = ProductFactory()
    record(product, [(0, TERMS[0])])
    row = PriceSpell.objects.get()
    record(product, [(2, TERMS[0])])
    assert PriceSpell.objects.get().pk == row.pk
    assert PriceSpell.objects.get().observations == 2


def test_the_same_look_again_changes_nothing() -> None:
    product = ProductFactory()
    at = BEGIN + timedelta(seconds=0.4)
    assert record_offer(product_id=product.pk, at=at, terms=TERMS[0])
    assert not record_offer(product_id=product.pk, at=at + timedelta(seconds=0.3), terms=TERMS[0])


def test_a_late_look_splits_a_spell() -> None:
    product = ProductFactory()
    rows = record(product, [(0, TERMS[0]), (1, TERMS[0]), (3, TERMS[0]), (2, TERMS[1])])
    assert [row[3] for row in rows] == [Decimal("39.95"), Decimal("35.50"), Decimal("39.95")]


def test_the_product_points_to_its_newest_spell() -> None:
    product = ProductFactory()
    record(product, [(5, TERMS[1]), (0, TERMS[0])])
    product.refresh_from_db()
    assert product.latest_spell is not None
    assert product.latest_spell.price == Decimal("35.5")
    assert product.latest_spell.price_per_litre == Decimal("7.1")


def test_a_gap_is_not_a_price() -> None:
    rows = record(ProductFactory(), [(0, TERMS[0]), (5, TERMS[0])])
    assert len(rows) == 2
