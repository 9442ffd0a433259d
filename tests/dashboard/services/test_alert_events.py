"""An alert triggers once for an event, whoever dies in between."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from dashboard.models import Alert, AlertEvent, Delivery
from dashboard.selectors.alert_news import advice_seen
from dashboard.services.alert_events import check_alerts, find_alert_events
from dashboard.services.alerts import change_alert, set_alert, switch_alert
from forecasting.models import Standing, Training
from scraping.models import Product
from scraping.services.spell_rows import point_to_latest
from tests.dashboard.rows import confirmed, forecast_of
from tests.factories import ProductFactory, SpellFactory, UserFactory

pytestmark = pytest.mark.django_db


def alert(**fields: Any) -> Alert:
    product = fields.pop("product", None) or ProductFactory(litres=Decimal(5), title="Aceite\nBcc: x@example.org")
    if not product.spells.exists():
        SpellFactory(product=product, price=Decimal("39.95"))
        point_to_latest([product.pk])
    given: dict[str, Any] = {"user": UserFactory(), "kind": "price_below", "threshold": Decimal(40)} | fields
    if "email" in given:
        confirmed(given["user"], given["email"])
    return Alert.objects.create(product=product, **given)


def fall(product: Any, price: str | None, *, days: int = 1, state: str = "in_stock") -> None:
    """The next visit, so many days after the last, shows another price."""
    last = product.spells.order_by("first_seen").last()
    at = last.last_seen + timedelta(days=days)
    SpellFactory(product=product, price=price and Decimal(price), state=state, first_seen=at)
    point_to_latest([product.pk])


def test_it_works() -> None:
    alert()
    assert check_alerts() == 1
    assert "€39.95" in mail.outbox[0].subject
    assert "\n" not in mail.outbox[0].subject
    assert Delivery.objects.get().sent_at


def test_once_for_one_event() -> None:
    alert()
    assert [check_alerts(), check_alerts()] == [1, 0]


def test_per_litre() -> None:
    alert(kind="per_litre_below", threshold=Decimal("7.99"))
    alert(kind="per_litre_below", threshold=Decimal("7.98"))
    assert check_alerts() == 1


@pytest.mark.parametrize("fields", [{"threshold": Decimal(39)}, {"active": False}])
def test_nothing_to_tell(fields: dict[str, Any]) -> None:
    alert(**fields)
    assert check_alerts() == 0


def test_it_is_ready_again_only_when_the_price_has_been_above() -> None:
    rule = alert()
    check_alerts()
    fall(rule.product, "38")
    assert check_alerts() == 0
    fall(rule.product, None, state="unavailable")
    fall(rule.product, "38")
    assert check_alerts() == 0
    fall(rule.product, "41")
    check_alerts()
    rule.refresh_from_db()
    assert rule.armed
    fall(rule.product, "39")
    assert check_alerts() == 1


def test_what_was_over_before_anybody_looked_is_not_told() -> None:
    rule = alert(threshold=Decimal(30))
    check_alerts()
    fall(rule.product, "29")
    fall(rule.product, "35")
    assert check_alerts() == 0


def test_only_once() -> None:
    rule = alert(once=True)
    check_alerts()
    rule.refresh_from_db()
    assert not rule.active
    fall(rule.product, "50")
    fall(rule.product, "30")
    assert check_alerts() == 0


@pytest.mark.parametrize(
    ("way", "price", "triggers"), [("down", "35.9", 1), ("down", "36", 0), ("up", "35", 0), ("either", "43.95", 1)]
)
def test_a_change_is_measured_from_the_price_when_it_was_set_or_last_fired(way: str, price: str, triggers: int) -> None:
    rule = alert(kind="price_change", threshold=None, percent=Decimal(10), direction=way)
    assert check_alerts() == 0
    fall(rule.product, price)
    assert check_alerts() == triggers
    if triggers:
        fall(rule.product, str(Decimal(price) * Decimal("1.05")))
        assert check_alerts() == 0
        assert AlertEvent.objects.get().before == Decimal("39.95")


def test_the_lowest_in_so_many_days() -> None:
    rule = alert(kind="lowest_in_days", threshold=None, days=30)
    assert check_alerts() == 0
    fall(rule.product, "38", days=10)
    assert check_alerts() == 0  # ten days of history tell nothing about thirty
    fall(rule.product, "39", days=25)
    fall(rule.product, "37", days=2)
    assert check_alerts() == 1
    assert AlertEvent.objects.get().before == Decimal(38)
    fall(rule.product, "37", days=1)
    assert check_alerts() == 0


def test_back_in_stock() -> None:
    rule = alert(kind="back_in_stock", threshold=None)
    assert check_alerts() == 0
    fall(rule.product, None, state="unavailable")
    assert check_alerts() == 0
    fall(rule.product, "41")
    assert check_alerts() == 1
    assert "back in stock" in mail.outbox[0].subject


def test_advice_that_turns_to_buying() -> None:
    rule = alert(kind="advice_buy", threshold=None)
    rule.product.refresh_from_db()
    forecast_of(rule.product)
    assert check_alerts() == 0
    forecast_of(rule.product, advice={"word": "buy"})
    assert [check_alerts(), check_alerts()] == [1, 0]
    forecast_of(rule.product, advice={"word": "buy"})
    assert check_alerts() == 0
    assert "buy now" in mail.outbox[0].subject


def test_no_hurry_is_no_advice_to_buy_and_buying_after_it_is() -> None:
    rule = alert(kind="advice_buy", threshold=None)
    rule.product.refresh_from_db()
    counts = []
    for word in ("wait", "no_hurry", "buy", "no_hurry", "buy"):
        forecast_of(rule.product, advice={"word": word})
        counts.append(check_alerts())
    assert counts == [0, 0, 1, 0, 1]


def test_advice_that_nobody_is_given_is_not_told() -> None:
    """A training held back, or rolled back, is no reason to write to anybody; once it is served, it is."""
    rule = alert(kind="advice_buy", threshold=None)
    rule.product.refresh_from_db()
    forecast_of(rule.product)
    check_alerts()
    hidden = forecast_of(rule.product, advice={"word": "buy"}).training
    for standing in (Standing.HELD_BACK, Standing.ROLLED_BACK):
        Training.objects.filter(pk=hidden.pk).update(standing=standing)
        assert check_alerts() == 0
    Training.objects.filter(pk=hidden.pk).update(standing=Standing.SERVED)
    assert check_alerts() == 1


def test_advice_held_back_is_not_read_beside_what_is_served() -> None:
    rule = alert(kind="advice_buy", threshold=None)
    rule.product.refresh_from_db()
    forecast_of(rule.product)
    check_alerts()
    forecast_of(rule.product)
    hidden = forecast_of(rule.product, advice={"word": "buy"}).training
    Training.objects.filter(pk=hidden.pk).update(standing=Standing.HELD_BACK)
    assert check_alerts() == 0


def test_a_new_rule_reads_the_advice_that_holds_and_not_a_years() -> None:
    rule = alert(kind="advice_buy", threshold=None)
    rule.product.refresh_from_db()
    for word in ("wait", "wait", "buy"):
        forecast_of(rule.product, advice={"word": word})
    assert [row["word"] for row in advice_seen([rule])[rule.product_id]] == ["buy"]


def test_a_change_set_again_counts_from_todays_price() -> None:
    rule = alert(kind="price_change", threshold=None, percent=Decimal(10), direction="either", once=True)
    check_alerts()
    fall(rule.product, "30")
    assert check_alerts() == 1
    fall(rule.product, "20")
    product = Product.objects.get(pk=rule.product.pk)
    requested = {"kind": "price_change", "percent": Decimal(10), "direction": "either", "once": True}
    again = set_alert(user=rule.user, product=product, **requested)  # type: ignore[arg-type]
    assert (again.pk, again.active, again.reference) == (rule.pk, True, Decimal(20))
    assert check_alerts() == 0, "nothing has changed since it was set again"


def test_paused_and_resumed_it_does_not_tell_the_same_price_again() -> None:
    """The rule begins anew and finds what it found before: that event was told, and stands in nobody's way."""
    rule, other = alert(), alert(threshold=Decimal(30))
    assert check_alerts() == 1
    for active in (False, True):
        assert switch_alert(user=rule.user, alert_id=rule.pk, active=active)
    fall(other.product, "29")
    assert check_alerts() == 1
    assert AlertEvent.objects.filter(alert=rule).count() == 1


def test_what_a_worker_wrote_meanwhile_stays() -> None:
    """Somebody opens the rule, it is told and switched off, and then they save another address."""
    rule = alert(once=True)
    assert check_alerts() == 1
    changed = change_alert(alert=rule, email="anna@example.org")  # as it was read before the worker came
    assert (changed.active, changed.armed, changed.email) == (False, False, "anna@example.org")
    assert check_alerts() == 0


def test_a_rule_is_not_changed_into_a_second_one_of_its_kind() -> None:
    first = alert(threshold=Decimal(30))
    second = alert(user=first.user, product=first.product, threshold=Decimal(29))
    client = APIClient()
    client.force_authenticate(first.user)
    refused = client.patch(f"/api/alerts/{second.pk}/", {"threshold": "30"})
    assert (refused.status_code, "already" in str(refused.json())) == (400, True)
    second.refresh_from_db()
    assert second.threshold == 29
    assert client.patch(f"/api/alerts/{second.pk}/", {"threshold": "28"}).status_code == 200
    assert client.patch(f"/api/alerts/{second.pk}/", {"active": False}).json()["active"] is False


def test_of_several_ways_each_is_told_and_a_person_gets_one_message() -> None:
    first = alert(email="a@example.org")
    alert(user=first.user, email="a@example.org")
    assert check_alerts() == 2
    assert mail.outbox[0].subject == "oilwatch: 2 alerts"


def test_without_an_address_it_says_so() -> None:
    alert(user=UserFactory(email=""))
    check_alerts()
    assert Delivery.objects.get().error == "nowhere"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "price_below"},
        {"kind": "price_change", "percent": 10},
        {"kind": "price_change", "direction": "up"},
        {"kind": "price_change", "percent": -1, "direction": "up"},
        {"kind": "lowest_in_days"},
        {"kind": "lowest_in_days", "days": 1},
        {"kind": "back_in_stock", "threshold": 1},
        {"kind": "advice_buy", "days": 3},
    ],
)
def test_the_database_refuses_a_kind_without_its_parameter(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        Alert.objects.create(user=UserFactory(), product=ProductFactory(), **wrong)


def test_the_queries_do_not_grow_with_the_alerts() -> None:
    product = ProductFactory()
    SpellFactory(product=product, price=Decimal("39.95"))
    point_to_latest([product.pk])
    people = UserFactory.create_batch(400)
    kinds = [{"kind": "price_below", "threshold": 1}, {"kind": "lowest_in_days", "days": 30}, {"kind": "back_in_stock"}]
    Alert.objects.bulk_create([Alert(user=user, product=product, **kind) for kind in kinds for user in people])  # type: ignore[arg-type]
    with CaptureQueriesContext(connection) as first:
        find_alert_events()
    assert len(first) <= 25  # three batches
    with CaptureQueriesContext(connection) as second:
        find_alert_events()
    assert len(second) <= 3


def test_people_see_their_own_rules_only() -> None:
    mine, other = alert(), alert()
    client = APIClient()
    assert client.get("/api/alerts/").status_code in {401, 403}
    client.force_authenticate(mine.user)
    assert [row["id"] for row in client.get("/api/alerts/").json()["results"]] == [mine.pk]
    assert client.get(f"/api/alerts/{other.pk}/").status_code == 404
    body = {"product": mine.product_id, "kind": "price_below", "threshold": "5"}
    assert client.post("/api/alerts/", body).status_code == 201
    assert client.post("/api/alerts/", body | {"threshold": "-5"}).status_code == 400
