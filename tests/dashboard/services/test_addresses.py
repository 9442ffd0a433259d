"""An e-mail address gets messages only once its holder confirmed it: asked once, by a real mail server."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.core import signing
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from dashboard.models import Alert, Channel, Delivery, MailAddress, NotificationPreferences
from dashboard.notifications.channels.address import same_letters
from dashboard.selectors.mail_addresses import may_write_to
from dashboard.services import addresses
from dashboard.services import addresses as service
from dashboard.services.addresses import ask_address, ask_due
from dashboard.services.alert_events import check_alerts
from dashboard.services.alerts import change_alert, set_alert
from dashboard.services.channels import add_channel, try_channel
from dashboard.services.send_deliveries import send_due
from dashboard.tasks import ask_address as tell_task
from dashboard.texts.alert_message import STOP_SALT
from dashboard.texts.confirm_message import CONFIRM_SALT, confirm_token
from scraping.models import Product
from tests.dashboard.rows import priced_product
from tests.dashboard.sinks import MailSink
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ANNA = "anna@example.org"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def rule(user: Any = None, email: str = ANNA, **fields: Any) -> Alert:
    """An alert whose moment has come."""
    product = Product.objects.select_related("shop", "latest_spell").get(pk=priced_product(price="39").pk)
    result = {"kind": "price_below", "threshold": Decimal(40), "email": email, **fields}
    return set_alert(user=user or UserFactory(), product=product, **result)


def link_in(mail: Any) -> str:
    return re.search(r"http://localhost:8000(/\w\w/alerts/confirm/\S+)", mail.get_body(("plain",)).get_content())[1]


def test_a_new_address_is_asked_once_and_told_nothing_else(post: MailSink, stranger: Client) -> None:
    alert = rule()
    for _ in range(3):
        assert check_alerts() == 0
    (question,) = post.mails
    assert question["To"] == ANNA
    text = question.get_body(("plain",)).get_content() + question.get_body(("html",)).get_content()
    assert not [word for word in (alert.product.title, alert.user.username) if word in text], (
        "nothing that anybody typed"
    )
    path = link_in(question)
    assert "€" not in text
    for _ in range(2):  # a mail scanner follows links
        page = stranger.get(path)
        assert page.status_code == 200
        assert b"<form" in page.content
    assert stranger.head(path).status_code == 200
    assert MailAddress.objects.get().confirmed_at is None
    assert stranger.post(path).status_code == 200
    assert send_due() == 1, "what waited for the yes is told now"
    assert [mail["To"] for mail in post.mails] == [ANNA, ANNA]
    assert "€39.00" in post.mails[1]["Subject"]
    assert stranger.post(path).status_code == 200, "twice is as once"
    assert check_alerts() == 0
    assert MailAddress.objects.get().confirmed_by == "link"


def test_named_again_it_is_not_asked_again(post: MailSink) -> None:
    user = UserFactory()
    alert = rule(user)
    rule(user, "Anna@Example.org")
    change_alert(alert=alert, email=ANNA)
    add_channel(user=user, name="", address=f"mailto://{ANNA}")
    ask_due()
    ask_due()
    assert len(post.mails) == 1


def test_the_accounts_own_address_needs_no_question(post: MailSink) -> None:
    user = UserFactory(email="Me@example.org")
    rule(user, "me@example.org")
    rule(user, "")
    assert check_alerts() == 2
    assert not MailAddress.objects.exists()
    assert all("lice" not in mail["Subject"] for mail in post.mails)


def test_another_persons_yes_is_not_ones_own(post: MailSink) -> None:
    confirmed_for = rule().user
    other = rule().user
    service.confirm_address(address_id=MailAddress.objects.get(user=confirmed_for).pk, email=ANNA)
    assert may_write_to(confirmed_for, ANNA)
    assert not may_write_to(other, ANNA)
    assert check_alerts() == 1


def test_a_mail_channel_obeys_too(post: MailSink) -> None:
    user = UserFactory()
    channel = add_channel(user=user, name="", address=ANNA)
    rule(user, "", channels=[channel])
    assert not try_channel(channel=channel).is_sent
    assert check_alerts() == 0
    assert len(post.mails) == 1, "only the question"
    channel.refresh_from_db()
    assert channel.failing_since is None
    service.confirm_address(address_id=MailAddress.objects.get().pk, email=ANNA)
    assert send_due() == 1
    assert try_channel(channel=channel).is_sent
    assert len(post.mails) == 3


def test_a_channel_that_an_operator_wrote_obeys_too(post: MailSink, operator: Client) -> None:
    """By hand in the database nobody was asked: nothing is sent, and the operator may vouch for it."""
    user = UserFactory()
    channel = Channel.objects.create(user=user, name="by hand", address=f"mailto:{ANNA}")
    rule(user, "", channels=[channel])
    assert check_alerts() == 0
    assert post.mails == []
    address = service.name_address(user=user, email=ANNA)
    operator.post(
        reverse("admin:dashboard_mailaddress_changelist"), {"action": "vouch", "_selected_action": [address.pk]}
    )
    assert MailAddress.objects.get().confirmed_by == "operator"
    assert send_due() == 1
    assert ask_due() == 0


def test_an_address_written_in_the_admin_is_asked(operator: Client) -> None:
    alert = rule(email="")
    path = reverse("admin:dashboard_alert_change", args=[alert.pk])
    result = {
        "user": alert.user_id,
        "product": alert.product_id,
        "kind": "price_below",
        "price_kind": "regular",
        "threshold": "40",
        "email": ANNA,
    }
    assert operator.post(path, result).status_code == 302
    assert MailAddress.objects.get().user == alert.user
    assert MailAddress.objects.get().confirmed_at is None


def test_a_link_ends_after_a_week_and_a_wrong_one_is_none(stranger: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        rule()
        address = MailAddress.objects.get()
        path = f"/alerts/confirm/{confirm_token(address)}/"
        forged = signing.dumps([address.pk, address.email], salt=STOP_SALT)
        assert stranger.post(f"/alerts/confirm/{forged}/").status_code == 404
        other = signing.dumps([address.pk, "other@example.org"], salt=CONFIRM_SALT)
        assert stranger.post(f"/alerts/confirm/{other}/").status_code == 410
        clock.shift(timedelta(days=7, seconds=1))
        assert stranger.post(path).status_code == 410
        assert MailAddress.objects.get().confirmed_at is None


def test_what_waited_longer_than_the_link_is_given_up(post: MailSink) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        rule()
        for _ in range(9):
            check_alerts()
            clock.shift(timedelta(days=1))
        assert len(post.mails) == 1
        assert Delivery.objects.get().state == "failed"


def test_a_question_that_surely_did_not_arrive_is_asked_later(post: MailSink) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        post.answer = "451 later"
        rule()
        assert ask_due() == 0
        assert ask_due() == 0
        clock.shift(timedelta(minutes=2))
        post.answer = "250 ok"
        assert ask_due() == 1
        assert ask_due() == 0
    assert len(post.mails) == 2


@pytest.mark.parametrize("answer", [None, "554 spam"])
def test_a_question_that_may_have_arrived_or_is_refused_is_not_asked_again(post: MailSink, answer: str | None) -> None:
    post.answer = answer
    rule()
    ask_due()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=False):
        assert ask_due() == 0
    assert len(post.mails) == 1
    assert MailAddress.objects.get().error


def test_two_workers_ask_once(post: MailSink, monkeypatch: Any) -> None:
    """The first takes the row before it sends: whoever comes meanwhile finds nothing due."""
    rule()
    pk, send, others = MailAddress.objects.get().pk, addresses.send_by_mail, []

    def meanwhile(*args: Any) -> Any:
        others.append(ask_address(address_id=pk))
        return send(*args)

    monkeypatch.setattr(addresses, "send_by_mail", meanwhile)
    assert ask_due() == 1
    assert others == [False]
    assert len(post.mails) == 1


def test_a_worker_is_rung_for_a_new_address(
    post: MailSink, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    enqueued: list[Any] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: enqueued.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        rule()
    ((name, args),) = enqueued
    assert name == tell_task.name
    assert tell_task(*args) is True
    assert len(post.mails) == 1


def test_in_the_persons_language(post: MailSink) -> None:
    user = UserFactory()
    NotificationPreferences.objects.create(user=user, language="es")
    rule(user)
    ask_due()
    assert "confirme" in post.mails[0]["Subject"]


def test_letters_that_only_look_the_same_are_other_addresses() -> None:
    """An `ı` without its dot is upper-cased to an I: whoever holds that domain must not confirm the other one."""
    assert same_letters(" Anna@Example.ORG") == ANNA
    assert same_letters("\u212a@example.org") != same_letters("k@example.org")
    user = UserFactory()
    rule(user, "anna@gma\u0131l.example")
    service.confirm_address(address_id=MailAddress.objects.get().pk, email="anna@gma\u0131l.example")
    assert not may_write_to(user, "anna@gmail.example")


def test_the_database_refuses_a_yes_of_nobody() -> None:
    with pytest.raises(IntegrityError):
        MailAddress.objects.create(user=UserFactory(), email=ANNA, confirmed_at=NOON)
