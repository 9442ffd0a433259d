"""A person settles what the readers disagree on, once or by a rule, and takes it back."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from scraping.models import PriceRule, PriceSpell, Product, QuarantinedOffer, Shop, Visit, VisitStatus
from scraping.services.decision_error import CannotSettle, Obstacle
from scraping.services.quarantine import accept, refuse
from scraping.services.settle import read_again, settle, undo
from scraping.services.snapshots import keep_snapshot
from tests.factories import SpellFactory, UserFactory
from tests.scraping.amazon.made_pages import ASIN, Grocery
from tests.scraping.disagreements import DISAGREEING, SEEN, held_offer, oil, place_of, spanish_shop, visited

pytestmark = pytest.mark.django_db
LATER = SEEN + timedelta(hours=6)


def settled(held: QuarantinedOffer, amount: str = "39.95", **values: object) -> PriceRule | None:
    return settle(held=held, choice=place_of(held, amount), **values)  # type: ignore[arg-type]


def rows() -> list[tuple]:
    spells = PriceSpell.objects.order_by("product_id", "first_seen")
    return list(spells.values_list("product_id", "price", "first_seen", "observations"))


def obstacle(held: QuarantinedOffer, choice: int, **values: object) -> Obstacle:
    with pytest.raises(CannotSettle) as caught:
        settle(held=held, choice=choice, **values)  # type: ignore[arg-type]
    return caught.value.obstacle


def test_the_chosen_price_is_recorded_when_the_page_was_seen() -> None:
    held, person = held_offer(), UserFactory()
    assert not PriceSpell.objects.exists()
    assert settled(held, by=person) is None
    product = held.visit.product
    assert rows() == [(product.pk, Decimal("39.95"), SEEN, 1)]
    held.refresh_from_db()
    held.visit.refresh_from_db()
    assert (held.decision, held.decided_by, held.visit.status) == ("accepted", person, VisitStatus.OK)
    assert held.chosen["amount"] == "39.95"
    product.refresh_from_db()
    assert product.latest_spell.price == Decimal("39.95")


def test_a_product_without_a_description_gets_it_from_the_page() -> None:
    held = held_offer(oil(title="", litres=None, grade="other"))
    settled(held)
    spell = PriceSpell.objects.get()
    assert (spell.litres, spell.price_per_litre) == (Decimal(5), Decimal("7.99"))
    assert spell.product.title.startswith("Carbonell")


def test_undone_everything_is_as_it_was() -> None:
    product = oil()
    SpellFactory(product=product, price=Decimal("42.95"), first_seen=SEEN - timedelta(hours=6))
    before = rows()
    held = held_offer(product)
    settled(held, by=UserFactory())
    undo(held=held)
    held.refresh_from_db()
    held.visit.refresh_from_db()
    assert rows() == before
    assert (held.decision, held.decided_by, held.decided_at, held.chosen) == ("waiting", None, None, None)
    assert held.visit.status == VisitStatus.IMPLAUSIBLE
    settled(held, "42.95")
    assert rows()[-1][1] == Decimal("42.95")


def test_the_only_price_of_a_product_is_undone_too() -> None:
    product = oil()
    settled(held_offer(product))
    undo(held=QuarantinedOffer.objects.select_related("visit__product__latest_spell").get())
    product.refresh_from_db()
    assert (rows(), product.latest_spell) == ([], None)
    assert Visit.objects.get().status == VisitStatus.IMPLAUSIBLE


def test_a_refusal_is_undone_too() -> None:
    held = held_offer()
    refuse(held=held)
    undo(held=held)
    held.refresh_from_db()
    assert held.decision == "waiting"


def test_an_accepted_page_of_an_unknown_place_waits_for_its_place_again() -> None:
    page = Grocery().build().replace("Entrega en Madrid 28008", "").replace("Actualizar ubicación", "")
    held = held_offer(page=page)
    assert held.visit.status == VisitStatus.UNKNOWN_LOCATION
    accept(held=held)
    undo(held=held)
    assert Visit.objects.get().status == VisitStatus.UNKNOWN_LOCATION


def test_a_new_series_is_not_undone() -> None:
    held = held_offer(oil(title="Pintura blanca mate 4 L", brand="Titan", litres=Decimal(4)), Grocery().build())
    assert held.new_identity
    accept(held=held)
    with pytest.raises(CannotSettle) as caught:
        undo(held=held)
    assert caught.value.obstacle == Obstacle.NEW_SERIES


def test_what_cannot_be_settled_says_why_and_changes_nothing() -> None:
    held = held_offer(page=Grocery(hidden="39.95", unit_price="8.59").build())
    assert obstacle(held, -1) == obstacle(held, 99) == Obstacle.NO_SUCH_PRICE
    assert obstacle(held, 0, amount=Decimal("1.00")) == Obstacle.PAGE_CHANGED
    assert obstacle(held, place_of(held, "8.59")) == Obstacle.UNIT_PRICE
    with pytest.raises(CannotSettle) as caught:
        undo(held=held)
    assert caught.value.obstacle == Obstacle.UNDECIDED
    abroad = [{**one, "currency": "USD"} for one in held.candidates]
    QuarantinedOffer.objects.update(candidates=abroad)
    assert obstacle(held, 0) == Obstacle.CURRENCY
    Visit.objects.update(snapshot=None)
    QuarantinedOffer.objects.update(candidates=held.candidates)
    assert obstacle(held, 0) == Obstacle.NO_PAGE
    assert not PriceSpell.objects.exists()
    held.refresh_from_db()
    assert held.decision == "waiting"


def test_where_nothing_is_for_sale_no_amount_is_a_price() -> None:
    held = held_offer(page=DISAGREEING)
    gone = visited(oil(held.visit.product.shop, sku="B0OLIVA002"), DISAGREEING.replace(ASIN, "B0OLIVA002"))
    Visit.objects.filter(pk=held.visit_id).update(snapshot=None)
    sold_out = Grocery(hidden=None, price="0.00", availability="No disponible por el momento.").build()
    Visit.objects.filter(pk=gone.pk).update(snapshot=keep_snapshot(page=sold_out.encode()))
    assert obstacle(QuarantinedOffer.objects.get(visit=gone), 0) == Obstacle.NOT_FOR_SALE
    Visit.objects.filter(pk=gone.pk).update(snapshot=keep_snapshot(page=b"<html><body>no product</body></html>"))
    assert obstacle(QuarantinedOffer.objects.get(visit=gone), 0) == Obstacle.NO_PRODUCT


@pytest.mark.parametrize("decide", [settled, lambda held: accept(held=held), lambda held: refuse(held=held)])
def test_a_decision_is_made_once(decide: object) -> None:
    held = held_offer()
    settled(held, "42.95")
    before = rows()
    with pytest.raises(CannotSettle) as caught:
        decide(held)  # type: ignore[operator]
    assert caught.value.obstacle == Obstacle.DECIDED
    with pytest.raises(CannotSettle):
        read_again(held=held)
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_decides() -> None:
    held, results = held_offer(), []

    def decide(amount: str) -> None:
        try:
            settled(held, amount)
            results.append(amount)
        except CannotSettle as error:
            results.append(error.obstacle)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(amount,)) for amount in ("39.95", "42.95")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Obstacle.DECIDED in results
    assert PriceSpell.objects.get().price == Decimal(next(one for one in results if one != Obstacle.DECIDED))


def test_the_page_is_read_again_and_waits_or_not() -> None:
    held = held_offer()
    assert read_again(held=held) == VisitStatus.IMPLAUSIBLE
    PriceRule.objects.create(product=held.visit.product, kind="regular", where="buying_options")
    assert read_again(held=held) == VisitStatus.OK
    assert not QuarantinedOffer.objects.exists()
    assert PriceSpell.objects.get().price == Decimal("39.95")


def test_a_page_that_is_gone_is_not_read_again() -> None:
    held = held_offer()
    Visit.objects.update(snapshot=None)
    with pytest.raises(CannotSettle) as caught:
        read_again(held=held)
    assert caught.value.obstacle == Obstacle.NO_PAGE


def test_in_another_shop_and_for_another_product_nothing_changes() -> None:
    shop = spanish_shop()
    one, other = oil(shop), oil(shop, sku="B0OLIVA002")
    other_page = DISAGREEING.replace(ASIN, "B0OLIVA002")
    held, waiting = held_offer(one), held_offer(other, other_page)
    settled(held, rule_for="product")
    waiting.refresh_from_db()
    assert waiting.decision == "waiting"
    assert Product.objects.filter(latest_spell__isnull=False).get() == one
    assert Shop.objects.count() == 1
