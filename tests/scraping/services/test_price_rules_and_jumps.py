"""Jumps that a rule on prices chose: held, confirmed or accepted, and what undoing the rule does to them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from scraping.models import PriceSpell, QuarantinedOffer, VisitStatus
from scraping.services.price_rules import make_rule, revoke_rule
from scraping.services.quarantine import accept
from scraping.services.settle import settle
from scraping.services.spell_rows import point_to_latest
from tests.factories import SpellFactory, UserFactory
from tests.scraping.amazon.made_pages import Grocery
from tests.scraping.disagreements import SEEN, held_offer, oil, place_of, visited

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=6)


def settled(held: QuarantinedOffer, amount: str = "39.95", **values: Any) -> Any:
    return settle(held=held, choice=place_of(held, amount), **values)


def prices() -> list[Decimal | None]:
    return list(PriceSpell.objects.order_by("first_seen", "pk").values_list("price", flat=True))


def test_a_jump_by_a_rule_waits_and_loses_the_price_with_it() -> None:
    product = oil()
    SpellFactory(product=product, price=Decimal(100), first_seen=SEEN - HOURS)
    point_to_latest([product.pk])
    rule, _ = make_rule(target=product, kind="regular", where="buying_options")
    held = held_offer(product)
    assert (held.price, held.visit.price_rule) == (Decimal("39.95"), rule)
    revoke_rule(rule=rule)
    held.refresh_from_db()
    assert (held.price, held.decision) == (None, "waiting")


def test_a_jump_confirmed_by_a_rule_waits_again() -> None:
    product = oil()
    SpellFactory(product=product, price=Decimal(100), first_seen=SEEN - HOURS)
    point_to_latest([product.pk])
    rule, _ = make_rule(target=product, kind="regular", where="buying_options")
    held_offer(product)
    assert visited(product, at=SEEN + HOURS).status == VisitStatus.OK
    assert prices() == [Decimal(100), Decimal("39.95")]
    assert revoke_rule(rule=rule) == 2
    assert prices() == [Decimal(100)]
    assert set(QuarantinedOffer.objects.values_list("decision", flat=True)) == {"waiting"}


def test_a_jump_that_a_person_accepted_outlives_the_rule() -> None:
    product = oil()
    SpellFactory(product=product, price=Decimal(100), first_seen=SEEN - HOURS)
    point_to_latest([product.pk])
    rule, _ = make_rule(target=product, kind="regular", where="buying_options")
    accept(held=held_offer(product), by=UserFactory())
    assert revoke_rule(rule=rule) == 0
    assert prices() == [Decimal(100), Decimal("39.95")]


def test_other_doubts_are_not_read_by_it() -> None:
    product = oil()
    SpellFactory(product=product, price=Decimal(42), first_seen=SEEN - HOURS)
    point_to_latest([product.pk])
    jump = held_offer(product, Grocery(price="89.95").build())
    settled(held_offer(product, at=SEEN + HOURS), rule_for="product")
    jump.refresh_from_db()
    assert jump.decision == "waiting"
