"""A rule settles what comes later and what waits already, and is undone with all that it recorded."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from scraping.models import PriceRule, PriceSpell, QuarantinedOffer, Visit, VisitStatus
from scraping.services import price_rules
from scraping.services.decision_error import CannotSettle, Obstacle
from scraping.services.price_rules import make_rule, reread_by_rules, revoke_rule
from scraping.services.settle import settle, undo
from scraping.tasks import reread_by_rules as reread_task
from tests.factories import UserFactory
from tests.scraping.amazon.made_pages import ASIN
from tests.scraping.disagreements import DISAGREEING, SEEN, held_offer, oil, place_of, spanish_shop, visited

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=6)
SECOND = "B0OLIVA002"


def settled(held: QuarantinedOffer, amount: str = "39.95", **values: Any) -> Any:
    return settle(held=held, choice=place_of(held, amount), **values)


def prices() -> list[Decimal | None]:
    return list(PriceSpell.objects.order_by("first_seen", "pk").values_list("price", flat=True))


def test_it_settles_what_comes_later() -> None:
    product, person = oil(), UserFactory()
    rule = settled(held_offer(product), by=person, rule_for="product")
    assert (rule.product, rule.shop, rule.kind, rule.where) == (product, None, "regular", "buying_options")
    assert rule.created_by == person
    later = visited(product, at=SEEN + HOURS)
    assert (later.status, later.price_rule) == (VisitStatus.OK, rule)
    assert PriceSpell.objects.get().observations == 2
    assert not QuarantinedOffer.objects.filter(visit=later).exists()


def test_it_settles_what_waits_already() -> None:
    product = oil()
    first, second = (held_offer(product, at=SEEN + number * HOURS) for number in (1, 2))
    rule = settled(second, rule_for="product")
    assert not QuarantinedOffer.objects.filter(pk=first.pk).exists()
    assert Visit.objects.get(pk=first.visit_id).price_rule == rule
    assert PriceSpell.objects.get().observations == 2


def test_that_of_a_shop_holds_for_all_its_products() -> None:
    shop = spanish_shop()
    other = oil(shop, sku=SECOND)
    waiting = held_offer(other, DISAGREEING.replace(ASIN, SECOND))
    rule = settled(held_offer(oil(shop)), rule_for="shop")
    assert rule.shop == shop
    assert Visit.objects.get(pk=waiting.visit_id).price_rule == rule
    assert prices() == [Decimal("39.95"), Decimal("39.95")]


def test_that_of_the_product_goes_before() -> None:
    product = oil()
    of_shop, _ = make_rule(target=product.shop, kind="regular", where="buying_options")
    rule, _ = make_rule(target=product, kind="regular", where="#corePrice_feature_div .a-price")
    assert visited(product).price_rule == rule
    assert prices() == [Decimal("42.95")]
    revoke_rule(rule=rule)
    assert Visit.objects.get().price_rule == of_shop
    assert prices() == [Decimal("39.95")]


def test_a_page_without_such_a_price_waits() -> None:
    product = oil()
    make_rule(target=product, kind="deal", where="")
    assert visited(product).status == VisitStatus.IMPLAUSIBLE


def test_undoing_the_decision_undoes_the_rule_and_its_prices() -> None:
    product, person = oil(), UserFactory()
    first, second = (held_offer(product, at=SEEN + number * HOURS) for number in (1, 2))
    rule = settled(second, rule_for="product")
    undo(held=second, by=person)
    rule.refresh_from_db()
    assert rule.revoked_at is not None
    assert rule.revoked_by == person
    assert prices() == []
    waiting = QuarantinedOffer.objects.filter(decision="waiting").values_list("visit", flat=True)
    assert set(waiting) == {first.visit_id, second.visit_id}
    assert not Visit.objects.exclude(status="implausible", price_rule=None).exists()


def test_undoing_the_rule_leaves_the_decision() -> None:
    product = oil()
    held = held_offer(product)
    rule = settled(held, rule_for="product")
    visited(product, at=SEEN + HOURS)
    assert revoke_rule(rule=rule) == 1
    assert PriceSpell.objects.get().observations == 1
    with pytest.raises(CannotSettle) as caught:
        revoke_rule(rule=rule)
    assert caught.value.obstacle == Obstacle.RULE_UNDONE
    undo(held=held)
    assert prices() == []


def test_a_price_whose_page_is_gone_is_taken_back_all_the_same() -> None:
    product = oil()
    rule = settled(held_offer(product), rule_for="product")
    later = visited(product, at=SEEN + HOURS)
    assert later.snapshot is None  # nothing new on it
    revoke_rule(rule=rule)
    later.refresh_from_db()
    assert (later.status, later.price_rule) == (VisitStatus.IMPLAUSIBLE, None)
    assert "rule" in later.reason
    assert PriceSpell.objects.get().observations == 1


def test_the_same_rule_is_made_once_and_outlives_the_second_decision() -> None:
    product = oil()
    rule = settled(held_offer(product), rule_for="product")
    PriceRule.objects.update(where="elsewhere on the page", kind="deal")
    second = held_offer(product, at=SEEN + HOURS)
    PriceRule.objects.update(where=rule.where, kind=rule.kind)
    assert settled(second, rule_for="product") == rule
    undo(held=second)
    rule.refresh_from_db()
    assert rule.revoked_at is None


def test_another_rule_replaces_it_and_leaves_its_prices() -> None:
    product = oil()
    old, _ = make_rule(target=product, kind="regular", where="buying_options")
    visited(product)
    new, is_new = make_rule(target=product, kind="regular", where="#corePrice_feature_div .a-price")
    assert is_new
    assert PriceRule.objects.for_product(product) == new
    assert prices() == [Decimal("39.95")]
    assert revoke_rule(rule=old) == 1  # a replaced one can still be undone: the page is read with the new one
    assert prices() == [Decimal("42.95")]


def test_many_pages_are_left_to_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(price_rules, "AT_ONCE", 1)
    monkeypatch.setattr(price_rules, "enqueue_on_commit", lambda task, ids: sent.append((task, list(ids))))
    product = oil()
    helds = [held_offer(product, at=SEEN + number * HOURS) for number in range(4)]
    settled(helds[0], rule_for="product")
    assert sent == [(reread_task.name, [helds[2].visit_id, helds[3].visit_id])]
    assert PriceSpell.objects.get().observations == 2
    for pk in sent[0][1]:
        reread_task(pk)
        reread_by_rules(visit_id=pk)  # a message that comes twice
    assert PriceSpell.objects.get().observations == 4


def test_rules_are_undone_in_the_admin(client: Client) -> None:
    product = oil()
    rule = settled(held_offer(product), rule_for="product")
    visited(product, at=SEEN + HOURS)
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("admin:scraping_pricerule_changelist")
    assert "prefer the regular price" in client.get(page).content.decode()
    client.post(page, {"action": "undo_selected", "_selected_action": [rule.pk]})
    assert PriceSpell.objects.get().observations == 1
    again = client.post(page, {"action": "undo_selected", "_selected_action": [rule.pk]}, follow=True)
    assert "undone already" in again.content.decode()
    held = reverse("admin:scraping_quarantinedoffer_changelist")
    offer = QuarantinedOffer.objects.first()
    assert f"/operations/held/{offer.pk}/" in client.get(held).content.decode()
