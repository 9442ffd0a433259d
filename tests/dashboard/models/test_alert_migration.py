"""What triggered before there were deliveries is kept and not sent again; addresses in use stay in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dashboard.services.alert_events import check_alerts
from scraping.services.spell_rows import point_to_latest
from tests.factories import ProductFactory, SpellFactory, UserFactory

BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)


@contextmanager
def before(migration: str) -> Iterator[Any]:
    """The tables as they were after this migration; afterwards as they are now."""
    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "dashboard"]
    try:
        executor.migrate([("dashboard", migration)])
        yield executor.loader.project_state([("dashboard", migration)]).apps
    finally:
        MigrationExecutor(connection).migrate(newest)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_earlier_alert_events() -> None:
    product, user = ProductFactory(), UserFactory()
    SpellFactory(product=product, price=Decimal(39), first_seen=BEGAN)
    point_to_latest([product.pk])
    with before("0001_initial") as old:
        alert = old.get_model("dashboard", "Alert").objects.create(
            user_id=user.pk, product_id=product.pk, kind="price_below", threshold=40
        )
        result = {"alert": alert, "price": 39, "sent_at": BEGAN, "event": f"spell from {BEGAN.isoformat()}"}
        old.get_model("dashboard", "Delivery").objects.create(**result)
    from dashboard.models import AlertEvent, Delivery

    assert AlertEvent.objects.get().event == f"price_below {BEGAN.isoformat()}"
    assert Delivery.objects.get().state == "sent"
    assert check_alerts() == 0
    assert mail.outbox == []


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_addresses_in_use_are_told_as_before() -> None:
    product, user = ProductFactory(), UserFactory()
    with before("0004_firings_without_telling") as old:
        alerts, channels = old.get_model("dashboard", "Alert").objects, old.get_model("dashboard", "Channel").objects
        rule = {"user_id": user.pk, "product_id": product.pk, "kind": "price_below", "threshold": 40}
        for email in ("Anna@Example.org", "anna@example.org", ""):
            alerts.create(**rule, email=email)
        channels.create(user_id=user.pk, name="mail", address="mailto:bob@example.org")
        channels.create(user_id=user.pk, name="hook", address="json://example.org/")
    from dashboard.models import MailAddress

    assert list(MailAddress.objects.values_list("email", "confirmed_by")) == [
        ("anna@example.org", "earlier"),
        ("bob@example.org", "earlier"),
    ]


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_alerts_of_one_rule_become_one_with_the_ways_and_events_of_all() -> None:
    product, user = ProductFactory(), UserFactory(email="own@example.org")
    with before("0007_stopped_deliveries") as old:
        alerts, alert_events = old.get_model("dashboard", "Alert").objects, old.get_model("dashboard", "Firing").objects
        rule = {"user_id": user.pk, "product_id": product.pk, "kind": "price_below", "threshold": 40}
        first = alerts.create(**rule, active=False)
        second = alerts.create(**rule, email="bob@example.org")
        third = alerts.create(**{**rule, "threshold": 41})
        hook = old.get_model("dashboard", "Channel").objects.create(user_id=user.pk, name="h", address="json://x.org/")
        second.channels.add(hook)
        for alert, event in ((first, "a"), (second, "a"), (second, "b")):
            alert_events.create(alert=alert, event=event, happened_at=BEGAN)
    from dashboard.models import Alert, AlertEvent

    merged = Alert.objects.get(pk=first.pk)
    assert set(Alert.objects.values_list("pk", flat=True)) == {first.pk, third.pk}
    assert (merged.active, merged.email) == (True, "own@example.org"), "it wrote to the account's own address before"
    assert set(merged.channels.values_list("address", flat=True)) == {"json://x.org/", "mailto:bob@example.org"}
    assert set(AlertEvent.objects.values_list("alert", "event")) == {(first.pk, "a"), (first.pk, "b")}


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_merging_loses_no_recipient_no_message_and_no_repetition() -> None:
    product, user = ProductFactory(), UserFactory(email="own@example.org")
    with before("0007_stopped_deliveries") as old:
        alerts, events = old.get_model("dashboard", "Alert").objects, old.get_model("dashboard", "Firing").objects
        deliveries = old.get_model("dashboard", "Delivery").objects
        rule = {"user_id": user.pk, "product_id": product.pk, "kind": "price_below", "threshold": 40}
        hook = old.get_model("dashboard", "Channel").objects.create(user_id=user.pk, name="h", address="json://x.org/")
        first = alerts.create(**rule, active=False, once=True)
        first.channels.add(hook)
        second = alerts.create(**rule)  # to the account's own address
        for alert, email in ((first, "a@example.org"), (second, "a@example.org"), (second, "friend@example.org")):
            event, _ = events.get_or_create(alert=alert, event="e", defaults={"happened_at": BEGAN})
            deliveries.create(firing=event, user_id=user.pk, email=email)
    from dashboard.models import Alert, Delivery

    merged = Alert.objects.get()
    assert (merged.active, merged.once, merged.email) == (True, False, "own@example.org")
    assert list(merged.channels.values_list("address", flat=True)) == ["json://x.org/"]
    waiting = Delivery.objects.filter(alert_event__alert=merged).order_by("email").values_list("email", "state")
    assert list(waiting) == [("a@example.org", "queued"), ("friend@example.org", "queued")]


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_permissions_follow_a_renamed_model() -> None:
    with before("0011_names_of_schedules") as old:
        permissions = old.get_model("auth", "Permission").objects
        held = permissions.filter(codename="view_alertevent", content_type__app_label="dashboard")
        held.update(codename="view_firing")
        user = UserFactory(is_staff=True)
        user.user_permissions.add(held.model.objects.get(codename="view_firing").pk)
    assert type(user).objects.get(pk=user.pk).has_perm("dashboard.view_alertevent")
