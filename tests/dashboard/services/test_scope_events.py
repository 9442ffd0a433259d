"""A rule over many products triggers for each of them by itself, once, whoever dies in between."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dashboard.models import Alert, AlertEvent, AlertMatch, Delivery, TakenIn
from dashboard.selectors.scopes import Scope, scope_preview
from dashboard.services import scope_events
from dashboard.services.alert_events import check_alerts
from dashboard.services.alerts import SameAlert, TooManyAlerts, change_alert, set_alert, stop_alerts, switch_alert
from scraping.models import Adapter, Proposal
from scraping.services.spell_rows import point_to_latest
from tests.dashboard.rows import priced_product
from tests.factories import ProductFactory, ShopFactory, SpellFactory, UserFactory

pytestmark = pytest.mark.django_db
LITRE = {"kind": "per_litre_below", "threshold": Decimal(6)}


def rule_over(scope: Scope | None = None, **fields: Any) -> Alert:
    """Any extra virgin of the demo shops at 6 EUR/l or less."""
    scope = scope or Scope("EUR", simulated=True, grade="extra_virgin")
    return set_alert(**{"user": fields.pop("user", None) or UserFactory(), "scope": scope, **LITRE, **fields})


def changes(product: Any, price: str | None, *, minutes: int = 1, state: str = "in_stock") -> None:
    """The next visit shows another price; it was made just now."""
    product.refresh_from_db()
    last = product.latest_spell
    SpellFactory(
        product=product,
        price=price and Decimal(price),
        state=state,
        litres=product.litres,
        first_seen=last.last_seen + timedelta(minutes=minutes),
    )
    point_to_latest([product.pk])


def events() -> list[tuple[int, Decimal | None]]:
    return list(AlertEvent.objects.order_by("pk").values_list("product", "price"))


def test_it_works() -> None:
    shop = ShopFactory()
    cheap = priced_product(shop=shop, price="29", title="Aceite bueno\nBcc: x@example.org")
    dear = priced_product(shop=shop, price="40")
    rule = rule_over()
    assert [check_alerts(), check_alerts()] == [1, 0]
    assert events() == [(cheap.pk, Decimal("5.8"))]
    assert "\n" not in mail.outbox[0].subject
    assert "Extra virgin olive oil, all simulated shops (EUR)" in mail.outbox[0].body
    changes(dear, "30")
    assert [check_alerts(), check_alerts()] == [1, 0]
    assert events()[1:] == [(dear.pk, Decimal(6))]
    assert AlertMatch.objects.filter(alert=rule, armed=False).count() == 2


def test_each_product_rearms_by_itself() -> None:
    one, other = priced_product(price="29"), priced_product(price="28")
    rule_over()
    assert check_alerts() == 2
    changes(one, "28")
    assert check_alerts() == 0, "still below: told already"
    changes(one, "31")
    changes(other, None, state="unavailable")
    assert check_alerts() == 0
    changes(one, "30")
    changes(other, "28")
    assert check_alerts() == 1, "no price in between re-arms nothing"
    assert events()[-1][0] == one.pk


def test_up_and_down_between_two_checks_counts() -> None:
    product = priced_product(price="29")
    rule_over()
    check_alerts()
    changes(product, "40")
    changes(product, "29.5", minutes=2)
    assert check_alerts() == 1


def test_a_new_product_that_enters_the_scope_counts() -> None:
    rule_over()
    assert check_alerts() == 0
    new = priced_product(price="25")
    assert check_alerts() == 1
    of_another_grade = priced_product(price="20", grade="olive")
    assert check_alerts() == 0
    of_another_grade.grade = "extra_virgin"
    of_another_grade.save()
    unknown_volume = priced_product(price="20", litres=None)
    assert check_alerts() == 1
    assert {product for product, _ in events()} == {new.pk, of_another_grade.pk}
    unknown_volume.litres = Decimal(5)
    unknown_volume.save()
    unknown_volume.spells.update(litres=5)
    assert check_alerts() == 1


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 1),
        ({"grade": "virgin"}, 0),
        ({"litres": Decimal("5.5"), "price": "33"}, 0),
        ({"litres": Decimal(3), "price": "18"}, 1),
        ({"price": "30.01"}, 0),
        ({"litres": None}, 0),
        ({"proposal": Proposal.WAITING, "watched": False}, 0),
        ({"shop": {"name": "another"}}, 0),
        ({"shop": {"currency": "USD"}}, 0),
        ({"shop": {"adapter": Adapter.AMAZON, "name": "amazon.es"}}, 0),
        ({"days": 60, "seen": timedelta(days=-3)}, 0),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_only_what_is_in_the_scope(fields: dict[str, Any], count: int, later: bool) -> None:
    """The same at the first look and when it comes later."""
    shop = ShopFactory(name="ours")
    scope = Scope("EUR", simulated=True, shop=shop, grade="extra_virgin", most_litres=Decimal(5))
    values: dict[str, Any] = {"price": "30", "shop": shop, **fields}
    if isinstance(values["shop"], dict):
        values["shop"] = ShopFactory(**{"name": "other", **values["shop"]})
    if "seen" in values:
        values["seen"] = timezone.now() + values["seen"]
    if not later:
        priced_product(**values)
    rule_over(scope)
    if later:
        check_alerts()
        priced_product(**values)
    assert check_alerts() == count


def test_simulated_and_real_products_apart() -> None:
    simulated = priced_product(price="20")
    real = priced_product(price="21", shop=ShopFactory(adapter=Adapter.AMAZON, name="amazon.es"))
    rule_over(Scope("EUR"))
    assert check_alerts() == 1
    assert events()[0][0] == real.pk
    rule_over(Scope("EUR", simulated=True))
    assert check_alerts() == 1
    assert events()[1][0] == simulated.pk


def test_the_price_of_the_pack() -> None:
    priced_product(price="6", litres=Decimal(1))
    rule_over(kind="price_below", threshold=Decimal(6))
    assert check_alerts() == 1


def test_the_cheapest_are_told_in_one_message_and_the_others_taken_in(monkeypatch: Any) -> None:
    monkeypatch.setattr(scope_events, "MOST_AT_FIRST", 2)
    shop = ShopFactory()
    products = [priced_product(shop=shop, price=str(price)) for price in (29, 27, 28, 26)]
    rule_over()
    assert check_alerts() == 2
    assert [product for product, _ in events()] == [products[3].pk, products[1].pk]
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject.startswith("oilwatch: 2 products: a litre costs €6.00 or less")
    changes(products[0], "20")
    assert check_alerts() == 0, "it was met before"


def test_a_volume_that_must_be_misread_sets_off_nothing() -> None:
    shop = ShopFactory()
    for price in ("40", "41", "42", "43"):
        priced_product(shop=shop, price=price)
    priced_product(shop=shop, price="5", title="2,5 l taken for 25 l")
    rule_over()
    assert check_alerts() == 0
    assert scope_preview(Alert.objects.get()).met == 0
    priced_product(shop=shop, price="6")
    assert check_alerts() == 0


def test_once_is_one_message() -> None:
    rule = rule_over(once=True)
    priced_product(price="29")
    priced_product(price="28")
    assert check_alerts() == 2
    assert len(mail.outbox) == 1
    rule.refresh_from_db()
    assert not rule.active
    priced_product(price="27")
    assert check_alerts() == 0


def test_paused_and_resumed() -> None:
    product, rule = priced_product(price="29"), rule_over()
    assert check_alerts() == 1
    assert switch_alert(user=rule.user, alert_id=rule.pk, active=False)
    new = priced_product(price="28")
    assert check_alerts() == 0
    assert switch_alert(user=rule.user, alert_id=rule.pk, active=True)
    assert check_alerts() == 1, "what was told is not told again"
    assert {product_id for product_id, _ in events()} == {product.pk, new.pk}
    stop_alerts(alert_ids=[rule.pk])
    changes(product, "40")
    changes(product, "20")
    assert check_alerts() == 0


def test_the_same_rule_is_set_once() -> None:
    first = rule_over()
    assert rule_over(user=first.user).pk == first.pk
    narrower = rule_over(Scope("EUR", simulated=True, grade="extra_virgin", most_litres=Decimal(5)), user=first.user)
    assert narrower.pk != first.pk
    with pytest.raises(SameAlert):
        change_alert(alert=narrower, scope=Scope("EUR", simulated=True, grade="extra_virgin"))
    copied = {name: getattr(first, name) for name in ("user", "kind", "threshold", "grade", "currency", "simulated")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(**copied)


def test_another_scope_begins_anew() -> None:
    olive = priced_product(price="20", grade="olive")
    rule = rule_over()
    assert check_alerts() == 0
    change_alert(alert=rule, scope=Scope("EUR", simulated=True, grade="olive"))
    assert check_alerts() == 1
    assert events()[0][0] == olive.pk


def test_it_is_one_of_a_persons_alerts(monkeypatch: Any) -> None:
    monkeypatch.setattr("dashboard.services.alerts.MOST_ALERTS", 1)
    rule = rule_over()
    with pytest.raises(TooManyAlerts):
        set_alert(user=rule.user, product=priced_product(), kind="back_in_stock")


@pytest.mark.parametrize(
    "wrong",
    [
        {"currency": None},
        {"simulated": None},
        {"kind": "back_in_stock", "threshold": None},
        {"grade": "salad"},
        {"most_litres": 0},
        {"currency": "euro"},
        {"percent_under": 10, "relative_to": 5},
    ],
)
def test_the_database_refuses_half_a_scope(wrong: dict[str, Any]) -> None:
    scope = {"currency": "EUR", "simulated": False, **LITRE}
    with pytest.raises(Exception, match=r"violates check constraint|too long"):
        Alert.objects.create(user=UserFactory(), **(scope | wrong))


def test_the_database_refuses_a_product_and_a_scope() -> None:
    with pytest.raises(IntegrityError):
        Alert.objects.create(user=UserFactory(), product=ProductFactory(), currency="EUR", simulated=True, **LITRE)


@pytest.mark.parametrize("kind", ["price_change", "lowest_in_days", "back_in_stock", "advice_buy"])
def test_many_products_have_a_threshold(kind: str) -> None:
    with pytest.raises(ValidationError):
        rule_over(kind=kind, percent=Decimal(5), days=30)


def test_a_shop_of_another_currency_is_refused() -> None:
    with pytest.raises(ValidationError):
        rule_over(Scope("EUR", simulated=True, shop=ShopFactory(currency="USD")))


def test_only_products_with_news_are_looked_at() -> None:
    """Nothing new: a fixed number of queries, whatever the catalogue and the rules; news: the rules of its scope."""
    shop = ShopFactory()
    products = [priced_product(shop=shop, price="40") for _ in range(12)]
    for _ in range(6):
        rule_over()
        rule_over(Scope("EUR", simulated=True, grade="virgin"))
    check_alerts()
    with CaptureQueriesContext(connection) as quiet:
        scope_events.find_scope_events()
    assert len(quiet) <= 6
    changes(products[0], "29")
    taken_in = set(TakenIn.objects.values_list("product", "spell"))
    with CaptureQueriesContext(connection) as busy:
        assert scope_events.find_scope_events() == 6
    assert len(busy) <= 22
    assert len(taken_in ^ set(TakenIn.objects.values_list("product", "spell"))) == 2, "one product's, the others' kept"
    with CaptureQueriesContext(connection) as grades:
        products[1].grade = "pomace"
        products[1].save()
        assert scope_events.find_scope_events() == 0
    assert not any(
        "alertmatch" in query["sql"] and "SELECT" in query["sql"] for query in grades if "IN (" in query["sql"]
    )


def test_without_such_rules_nothing_is_taken_in() -> None:
    priced_product(price="29")
    with CaptureQueriesContext(connection) as queries:
        assert scope_events.find_scope_events() == 0
    assert len(queries) == 1
    assert not TakenIn.objects.exists()


def test_a_worker_that_fails_in_between_leaves_no_half(monkeypatch: Any) -> None:
    product = priced_product(price="40")
    rule_over()
    check_alerts()
    changes(product, "20")

    def broken(_events: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(scope_events, "queue_deliveries", broken)
        with pytest.raises(RuntimeError):
            scope_events.find_scope_events()
    assert not AlertEvent.objects.exists()
    assert check_alerts() == 1
    assert Delivery.objects.get().state == "sent"


def test_the_preview_says_what_holds_now() -> None:
    shop = ShopFactory()
    cheapest = priced_product(shop=shop, price="20")
    for price in ("29", "40"):
        priced_product(shop=shop, price=price)
    preview = scope_preview(rule_over())
    assert (preview.products, preview.met, preview.cheapest, preview.value) == (3, 2, cheapest, Decimal(4))
    assert scope_preview(Alert(currency="USD", simulated=True, **LITRE)).products == 0
