"""A message reaches a real mail server and a real webhook, once; what fails is tried again only where that is safe."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.db import transaction
from django.test import Client

from dashboard.models import Alert, AlertEvent, Channel, Delivery, DeliveryState, NotificationPreferences
from dashboard.services import deliveries
from dashboard.services.alert_events import check_alerts, find_alert_events
from dashboard.services.deliveries import claim_next, give_up_lost
from dashboard.services.send_deliveries import send_due
from dashboard.texts.alert_message import stop_token
from dashboard.texts.confirm_message import confirm_token
from scraping.services.spell_rows import point_to_latest
from tests.dashboard.rows import confirmed
from tests.dashboard.sinks import MailSink, WebSink
from tests.factories import ProductFactory, SpellFactory, UserFactory

pytestmark = pytest.mark.django_db
HOSTILE = '<img src=x onerror=alert(1)>\r\nBcc: x@example.org =HYPERLINK("x") @everyone'
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def alert(*, channel: str = "", title: str = "Aceite bueno", **fields: Any) -> Alert:
    user = fields.pop("user", None) or UserFactory()
    product = ProductFactory(title=title)
    SpellFactory(product=product, price=Decimal("39.95"))
    point_to_latest([product.pk])
    rule = Alert.objects.create(
        **{"user": user, "product": product, "kind": "price_below", "threshold": Decimal(40)} | fields
    )
    if rule.email:
        confirmed(user, rule.email)
    if channel:
        rule.channels.add(
            Channel.objects.get_or_create(user=user, address=channel, defaults={"name": channel[-60:]})[0]
        )
    return rule


def states() -> list[str]:
    return [str(state) for state in Delivery.objects.order_by("id").values_list("state", flat=True)]


def test_it_arrives_at_a_mail_server(post: MailSink) -> None:
    rule = alert(title=HOSTILE)
    assert check_alerts() == 1
    (mail,) = post.mails
    assert mail["To"] == rule.user.email
    assert mail["Bcc"] is None
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "€39.95" in mail["Subject"]
    html = mail.get_body(("html",)).get_content()
    assert "<img" not in html
    assert f'href="http://localhost:8000/en/products/{rule.product_id}/"' in html
    assert "https://" not in mail.get_body(("plain",)).get_content()


def test_in_the_persons_language(post: MailSink) -> None:
    rule = alert()
    NotificationPreferences.objects.create(user=rule.user, language="es")
    check_alerts()
    assert "39,95\u00a0€" in post.mails[0]["Subject"]


def test_the_link_in_the_mail_stops_it_without_signing_in(post: MailSink, client: Client) -> None:
    rule = alert()
    check_alerts()
    path = post.mails[0]["List-Unsubscribe"].strip(" <>").removeprefix("http://localhost:8000")
    stranger = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert stranger.get(path).status_code == 200
    rule.refresh_from_db()
    assert rule.active  # whoever follows links by itself stops nothing
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    rule.refresh_from_db()
    assert not rule.active
    assert stranger.post(f"/alerts/stop/{stop_token([1])}x/").status_code == 404  # type: ignore[unreachable]


def test_what_was_signed_for_another_purpose_stops_nothing(client: Client) -> None:
    rule = alert()
    address = confirmed(rule.user, "a@example.org")
    for token in (signing.dumps([rule.pk]), signing.dumps([rule.pk], salt="another"), confirm_token(address)):
        assert client.post(f"/alerts/stop/{token}/", headers={"host": "localhost"}).status_code == 404
    rule.refresh_from_db()
    assert rule.active


def test_it_arrives_at_a_webhook(web: WebSink) -> None:
    alert(channel=web.address, title=HOSTILE)
    assert check_alerts() == 1
    result = json.loads(web.bodies[0])
    assert "€39.95" in result["title"]
    assert not {"<", ">", "@", "\n"} & set(result["title"])
    [event] = result["events"]
    assert (event["rule"], event["threshold"], event["triggered_by"]) == ("price_below", "40.0000", "39.9500")
    assert (event["price"], event["price_per_litre"], event["currency"]) == ("39.9500", "7.9900", "EUR")
    assert event["url"].endswith(f"/products/{event['product']}/")
    assert not {"<", ">", "@", "\n"} & set(event["title"])
    assert check_alerts() == 0
    assert len(web.bodies) == 1


def test_each_way_is_told_on_its_own(web: WebSink, post: MailSink) -> None:
    web.status = 404
    alert(channel=web.address, email="a@example.org")
    assert check_alerts() == 1
    assert sorted(states()) == ["failed", "sent"]
    assert Delivery.objects.get(state="failed").error == "address_unknown:HTTP 404"
    assert Channel.objects.get().failing_since


@pytest.mark.parametrize(
    ("status", "state"),
    [(429, "queued"), (503, "queued"), (500, "unknown"), (None, "unknown"), (401, "failed"), (302, "failed")],
)
def test_only_what_surely_did_not_arrive_is_tried_again(web: WebSink, status: int | None, state: str) -> None:
    web.status, web.headers = status, {"Location": "/elsewhere"}
    with time_machine.travel(NOON, tick=False) as clock:
        alert(channel=f"{web.address}?retry=3&redirect=yes&rto=60")
        check_alerts()
        assert states() == [state]
        web.status = 200
        clock.shift(timedelta(minutes=1))
        assert send_due() == 0
        clock.shift(timedelta(minutes=2))
        assert send_due() == (1 if state == "queued" else 0)
    assert len(web.bodies) == (2 if state == "queued" else 1)


def test_who_joins_a_last_attempt_has_attempts_of_its_own(web: WebSink) -> None:
    web.status = 503
    with time_machine.travel(NOON, tick=False):
        user = alert(channel=web.address).user
        find_alert_events()
        Delivery.objects.update(attempts=4)
        alert(user=user, channel=web.address)
        check_alerts()
        assert len(web.bodies) == 1, "one message told both"
        assert states() == ["failed", "queued"]
        assert Delivery.objects.get(state="queued").due_at == NOON + timedelta(minutes=2)


def test_an_alert_removed_while_its_message_is_on_the_way_stops_nobody_else(web: WebSink, monkeypatch: Any) -> None:
    alert(channel=web.address)
    find_alert_events()

    @contextmanager
    def then_removed() -> Iterator[None]:
        with transaction.atomic():
            yield
        Alert.objects.all().delete()

    monkeypatch.setattr(deliveries, "transaction", SimpleNamespace(atomic=then_removed))
    assert send_due() == 1


def test_it_is_given_up_after_some_attempts(web: WebSink) -> None:
    web.status = 503
    with time_machine.travel(NOON, tick=False) as clock:
        alert(channel=web.address)
        find_alert_events()
        for _ in range(8):
            send_due()
            clock.shift(timedelta(hours=7))
    assert states() == ["failed"]
    assert len(web.bodies) == 5


@pytest.mark.parametrize(
    ("answer", "state"), [("451 later", "queued"), ("554 spam", "failed"), (None, "unknown"), ("250 ok", "sent")]
)
def test_what_the_mail_server_says(post: MailSink, answer: str | None, state: str) -> None:
    post.answer = answer
    alert()
    check_alerts()
    assert states() == [state]


def test_no_mail_server_is_tried_again_later(post: MailSink, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    alert()
    check_alerts()
    assert states() == ["queued"]


def test_quiet_hours_hold_it_back_and_bundle_it(post: MailSink) -> None:
    first = alert(email="a@example.org")
    NotificationPreferences.objects.create(
        user=first.user, timezone="Europe/Madrid", quiet_from=time(22), quiet_until=time(8)
    )
    with time_machine.travel(datetime(2026, 3, 2, 22, 30, tzinfo=UTC), tick=False) as clock:
        assert check_alerts() == 0
        assert states() == ["held"]
        alert(user=first.user, email="a@example.org")
        assert check_alerts() == 0
        SpellFactory(product=first.product, price=Decimal(45), first_seen=datetime(2026, 3, 3, 1, tzinfo=UTC))
        point_to_latest([first.product.pk])
        clock.move_to(datetime(2026, 3, 3, 6, 59, tzinfo=UTC))
        assert check_alerts() == 0
        clock.move_to(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))  # 8:00 in Madrid
        assert check_alerts() == 2
    (mail,) = post.mails
    assert mail["Subject"] == "oilwatch: 2 alerts"
    assert "it now costs €45.00" in mail.get_body(("plain",)).get_content()


def test_no_more_than_so_many_messages_a_day(post: MailSink) -> None:
    user = UserFactory()
    NotificationPreferences.objects.create(user=user, timezone="Europe/Madrid", most_a_day=2)
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(4):
            alert(user=user, email=f"{number}@example.org")
        check_alerts()
        assert sorted(states()) == ["held", "held", "sent", "sent"]
        clock.move_to(datetime(2026, 3, 2, 22, 59, tzinfo=UTC))
        assert send_due() == 0
        clock.move_to(datetime(2026, 3, 2, 23, 0, tzinfo=UTC))  # midnight in Madrid
        assert send_due() == 2


def test_several_alerts_in_one_message_are_one_of_the_day(post: MailSink) -> None:
    user = UserFactory()
    NotificationPreferences.objects.create(user=user, timezone="Europe/Madrid", most_a_day=2)
    with time_machine.travel(NOON, tick=False):
        for _ in range(3):
            alert(user=user, email="one@example.org")
        assert check_alerts() == 3
        alert(user=user, email="one@example.org")
        check_alerts()
    assert states() == ["sent"] * 4
    assert len(post.mails) == 2


def test_a_dead_workers_message_is_not_sent_again(web: WebSink) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        alert(channel=web.address)
        find_alert_events()
        assert claim_next(NOON)  # and then it dies
        assert send_due() == 0
        clock.shift(timedelta(minutes=6))
        assert send_due() == 0
        give_up_lost(datetime.now(UTC))
    assert web.bodies == []
    assert states() == ["unknown"]
    assert Delivery.objects.get().error == "worker_stopped"


def test_a_failing_way_stands_behind_other_peoples(web: WebSink, post: MailSink) -> None:
    slow = alert(channel=web.address)
    Channel.objects.update(failing_since=NOON)
    alert(email="quick@example.org")
    find_alert_events()
    claim = claim_next(datetime.now(UTC))
    assert claim
    assert claim.deliveries[0].email == "quick@example.org"
    assert AlertEvent.objects.filter(alert=slow).exists()


def test_a_channel_removed_meanwhile_is_not_told(web: WebSink) -> None:
    alert(channel=web.address)
    find_alert_events()
    Channel.objects.all().delete()
    send_due()
    assert web.bodies == []
    assert states() == [DeliveryState.FAILED]


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_mail_that_stays_on_this_machine_was_not_sent(settings: Any, capsys: Any, backend: str) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    rule = alert(channel="mailto://anna@example.org")
    confirmed(rule.user, "anna@example.org")
    assert check_alerts() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error, delivery.sent_at) == ("failed", "mail_not_set_up", None)
    assert Channel.objects.get().last_success_at is None
    person = Client(headers={"host": "localhost"})
    person.force_login(rule.user, backend="django.contrib.auth.backends.ModelBackend")
    text = person.get("/alerts/").content.decode()
    assert "E-mail is not set up on this server: the message was only written to its log." in text
    assert "E-mail is not set up on this server: nothing reaches an e-mail address." in text
    assert "nothing reaches an e-mail address" in person.get(f"/products/{rule.product_id}/").content.decode()
