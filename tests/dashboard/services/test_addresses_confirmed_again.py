"""Addresses that wait for a yes, on the page and over the API, and how often their holders may be asked."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from dashboard.models import Alert, Channel, MailAddress
from dashboard.services import addresses as service
from dashboard.services.addresses import ask_due
from dashboard.services.rate_limits import TooSoon
from tests.dashboard.rows import priced_product
from tests.dashboard.services.test_addresses import ANNA, NOON, rule
from tests.dashboard.sinks import MailSink
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_page_shows_it_and_sends_it_again(person: Client, post: MailSink) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        product = priced_product()
        result = {"kind": "per_litre_below", "threshold": "9", "email": ANNA}
        text = person.post(f"/products/{product.pk}/alerts/", result, follow=True).content.decode()
        assert f"We are sending a confirmation message to {ANNA}" in text
        assert person.get("/alerts/").content.decode().count("waiting for confirmation") == 2
        ask_due()
        again = f"/alerts/addresses/{MailAddress.objects.get().pk}/ask/"
        assert "Try again in" in person.post(again, follow=True).content.decode()
        clock.shift(timedelta(minutes=11))
        assert f"We are sending a confirmation message to {ANNA}" in person.post(again, follow=True).content.decode()
        ask_due()
        assert len(post.mails) == 2
        service.confirm_address(address_id=MailAddress.objects.get().pk, email=ANNA)
        assert "waiting for confirmation" not in person.get("/alerts/").content.decode()
        person.post(again)
        ask_due()
        assert len(post.mails) == 2
        theirs = service.name_address(user=UserFactory(), email="c@example.org")
        MailAddress.objects.filter(pk=theirs.pk).update(ask_at=None, asked_at=NOON)
        person.post(f"/alerts/addresses/{theirs.pk}/ask/")
        assert ask_due() == 0, "another person's"
    text = person.post("/alerts/channels/", {"name": "b", "address": "b@example.org"}, follow=True).content.decode()
    assert "We are sending a confirmation message to b@example.org" in text
    assert "waiting for confirmation" in text


def test_the_api_shows_it_and_sends_it_again() -> None:
    user, client, now = UserFactory(), APIClient(), datetime.now(UTC)
    client.force_authenticate(user)
    with time_machine.travel(now, tick=False) as clock:
        body = {"product": priced_product().pk, "kind": "back_in_stock", "email": ANNA}
        assert client.post("/api/alerts/", body).json()["waiting_for_confirmation"] is True
        assert client.post("/api/channels/", {"address": ANNA}).json()["waiting_for_confirmation"] is True
        assert client.post("/api/channels/", {"address": "ntfy://topic"}).json()["waiting_for_confirmation"] is False
        (row,) = client.get("/api/addresses/").json()["results"]
        assert (row["email"], row["waiting_for_confirmation"]) == (ANNA, True)
        again = f"/api/addresses/{row['id']}/ask/"
        assert client.post(again).status_code == 429
        clock.shift(timedelta(minutes=11))
        assert client.post(again).status_code == 202
        service.confirm_address(address_id=row["id"], email=ANNA)
        assert client.post(again).status_code == 404
        listed = client.get("/api/alerts/").json()["results"] + client.get("/api/channels/").json()["results"]
        assert not any(each["waiting_for_confirmation"] for each in listed)
    stranger = APIClient()
    assert stranger.get("/api/addresses/").status_code == 401
    stranger.force_authenticate(UserFactory())
    assert stranger.get("/api/addresses/").json()["results"] == []
    assert stranger.post(again).status_code == 404


def test_nobody_has_strangers_asked_again_and_again() -> None:
    user = UserFactory()
    for number in range(5):
        rule(user, f"{number}@example.org")
    with pytest.raises(TooSoon):
        rule(user, "6@example.org")
    assert MailAddress.objects.count() == Alert.objects.count() == 5
    for _ in range(3):
        rule(UserFactory())
    with pytest.raises(TooSoon):  # three people had this one asked
        rule(UserFactory())
    client = APIClient()
    client.force_authenticate(user)
    body = {"product": priced_product().pk, "kind": "back_in_stock", "email": "7@example.org"}
    assert client.post("/api/alerts/", body).status_code == 429
    assert client.post("/api/channels/", {"address": "7@example.org"}).status_code == 429
    alert = f"/api/alerts/{user.alerts.first().pk}/"
    assert client.patch(alert, {"email": "7@example.org"}).status_code == 429
    assert not Channel.objects.exists()
