"""Pages that do not say which place they are for: a person accepts them for a shop, or holds them again."""

from datetime import timedelta
from decimal import Decimal

import pytest

from scraping.models import PriceSpell, QuarantinedOffer, Visit, VisitStatus
from scraping.services.unknown_place import accept_unknown_place, hold_unknown_place
from tests.scraping.amazon.made_pages import Grocery
from tests.scraping.disagreements import SEEN, held_offer, oil, visited

pytestmark = pytest.mark.django_db
PLACELESS = Grocery().build().replace("Entrega en Madrid 28008", "").replace("Actualizar ubicación", "")


def test_accepted_for_a_shop_the_pages_that_wait_become_prices() -> None:
    held = held_offer(page=PLACELESS)
    shop, product = held.visit.product.shop, held.visit.product
    assert accept_unknown_place(shop=shop) == 1
    assert PriceSpell.objects.get().price == Decimal("42.95")
    assert Visit.objects.get().status == VisitStatus.OK
    assert not QuarantinedOffer.objects.exists()
    product.refresh_from_db()
    assert visited(product, PLACELESS, at=SEEN + timedelta(hours=6)).status == VisitStatus.OK


def test_switched_back_the_next_one_waits_and_the_prices_stay() -> None:
    product = oil()
    product.shop.accepts_unknown_place = True
    product.shop.save()
    visited(product, PLACELESS)
    hold_unknown_place(shop=product.shop)
    assert held_offer(product, PLACELESS, at=SEEN + timedelta(hours=6)).decision == "waiting"
    assert PriceSpell.objects.count() == 1


def test_without_its_page_a_visit_stays_as_it_is() -> None:
    held = held_offer(page=PLACELESS)
    Visit.objects.update(snapshot=None)
    assert accept_unknown_place(shop=held.visit.product.shop) == 0
    assert QuarantinedOffer.objects.get().decision == "waiting"
