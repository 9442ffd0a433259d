"""What was recorded can be taken back: the rows are as if it had never been seen."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraping.models import PriceSpell, Product
from scraping.services.record_offer import forget_observation, record_offer
from scraping.spells import Terms
from tests.factories import ProductFactory
from tests.long_form import rounds
from tests.scraping.services.test_record_offer import BEGIN, TERMS, record

pytestmark = pytest.mark.django_db
moments = st.integers(0, 20)
observations = st.dictionaries(moments, st.sampled_from(TERMS), min_size=1, max_size=12)


def forget(product: Product, half_day: int) -> bool:
    return forget_observation(product_id=product.pk, at=BEGIN + timedelta(hours=12 * half_day))


@settings(max_examples=rounds(20, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(observations, st.data())
def test_recorded_and_forgotten_the_rows_are_as_before(seen: dict[int, Terms], data: st.DataObject) -> None:
    forgotten = data.draw(st.lists(st.sampled_from(sorted(seen)), unique=True))
    order = data.draw(st.permutations(list(seen.items())))
    product, without = ProductFactory(), ProductFactory()
    record(product, order)
    for half_day in forgotten:
        forget(product, half_day)
    expected = record(without, [(moment, terms) for moment, terms in seen.items() if moment not in forgotten])
    assert record(product, []) == expected
    product.refresh_from_db()
    newest = PriceSpell.objects.filter(product=product).order_by("-last_seen").first()
    assert product.latest_spell == newest
    assert product.last_visit_at == (newest.last_seen if newest else None)


def test_what_was_never_recorded_changes_nothing() -> None:
    product = ProductFactory()
    record(product, [(0, TERMS[0])])
    assert not forget(product, 1)
    assert forget(product, 0)
    assert not PriceSpell.objects.exists()


def test_other_products_keep_theirs() -> None:
    one, other = ProductFactory(), ProductFactory()
    for product in (one, other):
        record_offer(product_id=product.pk, at=BEGIN, terms=TERMS[0])
    forget(one, 0)
    assert PriceSpell.objects.get().product == other
