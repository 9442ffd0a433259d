"""Channels: addresses are secrets, the guard holds inside Apprise, the test button says how it ended."""

import contextlib
import inspect
import re
import socket
import sys
import threading
import time
from typing import Any

import apprise.plugins
import pytest
import requests
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import translation
from rest_framework.test import APIClient

from dashboard.models import Alert, Channel
from dashboard.notifications.channels.address import WrongAddress, checked, masked
from dashboard.notifications.channels.apprise_service import send_over_apprise, service_of
from dashboard.notifications.channels.delivery_result import DeliveryResult, Reason
from dashboard.notifications.channels.guarded_requests import GuardedSession, of_status
from dashboard.notifications.channels.message import Message
from dashboard.notifications.channels.services import GUARDED
from dashboard.services.alerts import change_alert, set_alert
from dashboard.texts.delivery_results import TEXTS, reason_in_english, reason_words
from scraping.models import Product
from tests.dashboard.rows import priced_product
from tests.dashboard.sinks import web_sink
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(30)]
MESSAGE = Message(subject="s", text="t", html="<p>t</p>")
SECRETS = {
    "tgram://123456789:abcdefg_hijklmnop/12315544/": "tgram://…",
    "jsons://user:secretpass@hooks.example.org:8080/path/secret?+X-Key=abc": "jsons://hooks.example.org/…",
    "ntfy://my-secret-topic": "ntfy://…",
    "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js": "discord://…",
    "anna@example.org": "a…@example.org",
}


@pytest.mark.parametrize("address", SECRETS)
def test_of_an_address_only_the_service_is_shown(address: str) -> None:
    assert masked(checked(address)) == SECRETS[address]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not an address",
        "file:///etc/passwd",
        "mailtos://u:p@smtp.example.org",
        "syslog://",
        "exec://rm",
        "http://127.0.0.1/",
        "tgram://incomplete",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?template=/etc/passwd",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?TEMPLATE=file:///etc/passwd",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#x?%74emplate=/etc/passwd",
        *(f"ntfy://topic?{key}=/etc/passwd" for key in ("template", "TEMPLATE", "%74emplate", "attach", "Keyfile")),
        "json://example.org/\r\nX: y",
        "json://" + "x" * 2000,
    ],
)
def test_what_may_not_be_a_channel(address: str) -> None:
    with pytest.raises(WrongAddress) as refused:
        checked(address)
    assert "passwd" not in str(refused.value)


def test_a_file_of_this_machine_is_seen_however_it_was_named(monkeypatch: Any) -> None:
    """A key that we do not know may lead to an attachment too: that is looked for in what Apprise made of it."""
    parse = apprise.plugins.url_to_dict

    def unseen(*args: Any, **given: Any) -> Any:
        return {**parse(*args, **given), "qsd": {}}

    monkeypatch.setattr("apprise.plugins.url_to_dict", unseen)
    address = "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js"
    assert service_of(address) is not None
    assert service_of(f"{address}?template=/etc/passwd") is None


@pytest.mark.parametrize("scheme", sorted(GUARDED))
def test_every_allowed_service_speaks_through_requests(scheme: str) -> None:
    """The guard sits there; a service with sockets of its own would get past it."""
    from apprise.manager_plugins import NotificationManager

    source = inspect.getsource(sys.modules[NotificationManager()[scheme].__module__])
    assert "requests." in source
    assert not re.search(
        r"^\s*(import|from) (socket|smtplib|paho|slixmpp|http\.client|urllib\.request)", source, re.MULTILINE
    )
    assert "requests.Session" not in source


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "0.0.0.0"])  # noqa: S104
def test_no_private_address(host: str) -> None:
    outcome = send_over_apprise(f"json://{host}:1/", MESSAGE)
    assert (outcome.result, outcome.why) == (DeliveryResult.REFUSED, Reason.PRIVATE_ADDRESS)


def test_a_name_that_resolves_differently_the_second_time(monkeypatch: Any) -> None:
    """The guard checks the very address that is connected to: no socket is made to the private one."""
    with web_sink() as sink:

        def rebinding(host: str, port: int, *_args: Any, **_kwargs: Any) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", sink.port))]

        monkeypatch.setattr("scraping.client.address_guard.socket.getaddrinfo", rebinding)
        outcome = send_over_apprise("json://hooks.example.org/", MESSAGE)
        assert outcome.why == Reason.PRIVATE_ADDRESS
        assert sink.bodies == []


def test_a_proxy_of_the_environment_is_not_taken(monkeypatch: Any) -> None:
    with web_sink() as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert send_over_apprise("json://10.0.0.1:1/", MESSAGE).why == Reason.PRIVATE_ADDRESS
        assert proxy.bodies == []


def test_no_redirect_is_followed(settings: Any) -> None:
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    with web_sink() as there, web_sink() as sink:
        sink.status, sink.headers = 307, {"Location": f"http://127.0.0.1:{there.port}/"}
        outcome = send_over_apprise(f"{sink.address}?redirect=yes", MESSAGE)
        assert (outcome.result, there.bodies) == (DeliveryResult.REFUSED, [])


def test_an_answer_that_drips_ends_at_the_deadline(settings: Any, monkeypatch: Any) -> None:
    """Each byte comes in time, the answer never."""
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    monkeypatch.setattr("dashboard.notifications.channels.guarded_requests.SECONDS", 0.5)
    server, stop = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        caller, _ = server.accept()
        with contextlib.suppress(OSError):
            caller.sendall(b"H")
            while not stop.wait(0.05):
                caller.sendall(b"x")
        caller.close()

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        outcome = send_over_apprise(f"json://127.0.0.1:{server.getsockname()[1]}/", MESSAGE)
        assert thread.is_alive(), "it was we who gave up: the answer goes on for ever"
    finally:
        stop.set()
        server.close()
        thread.join(5)
    assert outcome.result == DeliveryResult.UNKNOWN


def test_a_name_that_is_looked_up_for_ever_ends_too(settings: Any, monkeypatch: Any) -> None:
    """Nobody waits for it, and when it is found at last nothing is said: the message was put off and is sent again."""
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    monkeypatch.setattr("dashboard.notifications.channels.guarded_requests.SECONDS", 0.2)
    monkeypatch.setattr("dashboard.notifications.channels.apprise_service.GRACE", 0.2)
    result, tried = threading.Event(), threading.Event()
    with web_sink() as sink:

        def slow(*_args: Any, **_kwargs: Any) -> list[Any]:
            result.wait(20)
            tried.set()
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", sink.port))]

        monkeypatch.setattr("scraping.client.address_guard.socket.getaddrinfo", slow)
        begun = time.monotonic()
        outcome = send_over_apprise("json://hooks.example.org/", MESSAGE)
        waited = time.monotonic() - begun
        result.set()
        for thread in [each for each in threading.enumerate() if each.name == "delivery"]:
            thread.join(10)
        assert (outcome.result, tried.is_set(), sink.bodies) == (DeliveryResult.LATER, True, [])
        assert waited < 5


def test_an_adapter_that_never_ends_may_have_sent_it(settings: Any, monkeypatch: Any) -> None:
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    monkeypatch.setattr("dashboard.notifications.channels.guarded_requests.SECONDS", 0.2)
    monkeypatch.setattr("dashboard.notifications.channels.apprise_service.GRACE", 0.2)
    stop = threading.Event()
    monkeypatch.setattr("dashboard.notifications.channels.guarded_requests._read_some", lambda _answer: stop.wait(20))
    with web_sink() as sink:
        outcome = send_over_apprise(sink.address, MESSAGE)
        stop.set()
        assert (outcome.result, len(sink.bodies)) == (DeliveryResult.UNKNOWN, 1)


def test_elsewhere_requests_is_as_it_was() -> None:
    with web_sink() as sink:
        assert requests.post(f"http://127.0.0.1:{sink.port}/", data=b"x", timeout=5).status_code == 200
    assert not isinstance(requests.api.sessions.Session(), GuardedSession)


def test_apprise_neither_repeats_nor_redirects_whatever_the_address_asks() -> None:
    service = service_of("json://example.org/?retry=5&redirect=yes&rto=600&cto=600&wait=60&overflow=split")
    assert (service.redirects, service.socket_read_timeout, service.socket_connect_timeout) == (False, 8.0, 4.0)


def test_settings_refuse_an_unguarded_service(monkeypatch: Any) -> None:
    from environs import EnvValidationError, validate

    from oilwatch.settings import env

    monkeypatch.setenv("OILWATCH_ALERT_CHANNELS", "json,syslog")
    with pytest.raises((EnvValidationError, ImproperlyConfigured)):
        env.list("OILWATCH_ALERT_CHANNELS", validate=validate.ContainsOnly(GUARDED))


def test_the_button_on_the_page(person: Client, settings: Any) -> None:
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    with web_sink() as sink:
        answer = person.post("/alerts/channels/", {"name": "hook", "address": sink.address}, follow=True)
        channel = Channel.objects.get()
        assert "secret-path" not in answer.content.decode()
        text = person.post(f"/alerts/channels/{channel.pk}/test/", follow=True).content.decode()
        assert "the test was delivered" in text
        assert len(sink.bodies) == 1
        sink.status = 401
        assert "Enter it again" in person.post(f"/alerts/channels/{channel.pk}/test/", follow=True).content.decode()
        person.post(f"/alerts/channels/{channel.pk}/test/")
        assert "Try again in" in person.post(f"/alerts/channels/{channel.pk}/test/", follow=True).content.decode()
        assert len(sink.bodies) == 3
    other = Channel.objects.create(user=UserFactory(), name="x", address="json://example.org/")
    assert person.post(f"/alerts/channels/{other.pk}/test/").status_code == 404
    person.post(f"/alerts/channels/{other.pk}/remove/")
    assert Channel.objects.filter(pk=other.pk).exists()


def test_over_the_api(settings: Any) -> None:
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    user, client = UserFactory(), APIClient()
    assert client.get("/api/channels/").status_code == 401
    client.force_authenticate(user)
    with web_sink() as sink:
        made = client.post("/api/channels/", {"name": "hook", "address": sink.address})
        assert made.status_code == 201
        assert "secret-path" not in made.content.decode() + client.get("/api/channels/").content.decode()
        path = f"/api/channels/{made.json()['id']}/"
        assert client.post(f"{path}test/").json() == {"ended": "sent", "arrived": True, "why": ""}
        sink.status = 500
        assert client.post(f"{path}test/").json()["ended"] == "unknown"
        client.post(f"{path}test/")
        assert client.post(f"{path}test/").status_code == 429
    assert client.post("/api/channels/", {"address": "file:///etc/passwd"}).status_code == 400
    assert client.patch(path, {"enabled": False}).json()["enabled"] is False
    other = Channel.objects.create(user=UserFactory(), name="x", address="json://example.org/")
    assert client.get(f"/api/channels/{other.pk}/").status_code == 404
    body = {"product": None, "kind": "back_in_stock", "channels": [other.pk]}
    assert "channels" in client.post("/api/alerts/", body).json()["errors"]


def test_every_reason_has_its_words_in_both_languages() -> None:
    assert set(TEXTS) == set(Reason)
    for reason in Reason:
        english = reason_in_english(reason.of("HTTP 418"))
        with translation.override("es"):
            assert reason_words(reason.of("HTTP 418")) not in {reason.value, english}
    assert reason_in_english(of_status(401).why).startswith("The service refuses the token or password (HTTP 401)")
    assert reason_words("A sentence of before: kept.") == "A sentence of before: kept."


def test_another_persons_channel_is_neither_seen_nor_used(person: Client) -> None:
    user = get_user_model().objects.get()
    theirs = Channel.objects.create(user=UserFactory(), name="their phone", address="ntfy://their-topic")
    product = Product.objects.select_related("shop", "latest_spell").get(pk=priced_product().pk)
    for path in ("/alerts/", f"/products/{product.pk}/"):
        assert "their phone" not in person.get(path).content.decode()
    result = {"kind": "back_in_stock", "channels": [theirs.pk]}
    person.post(f"/products/{product.pk}/alerts/", result)
    assert not Alert.objects.exists()
    mine = set_alert(user=user, product=product, kind="back_in_stock", channels=[theirs])
    assert not mine.channels.exists()
    assert not change_alert(alert=mine, channels=[theirs]).channels.exists()
    client = APIClient()
    client.force_authenticate(user)
    path = f"/api/channels/{theirs.pk}/"
    requested = [client.patch(path, {"name": "x"}), client.put(path, {"address": "ntfy://x"}), client.delete(path)]
    requested += [client.post(f"{path}test/"), client.get(path)]
    assert [answer.status_code for answer in requested] == [404] * 5
    assert client.get("/api/channels/").json()["results"] == []
    refused = client.patch(f"/api/alerts/{mine.pk}/", {"channels": [theirs.pk]})
    assert (refused.status_code, "their" in refused.content.decode()) == (400, False)
    theirs.refresh_from_db()
    assert (theirs.name, theirs.last_error) == ("their phone", "")


@pytest.mark.parametrize("host", ["127.0.0.1:8200", "localhost", "192.168.1.5", "10.0.0.7:80", "[::1]"])
def test_a_private_host_is_refused_at_once_with_the_settings_name(settings: Any, host: str) -> None:
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = False
    with pytest.raises(WrongAddress, match="OILWATCH_ALERT_PRIVATE_HOSTS=true"):
        checked(f"json://{host}/hook")
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    assert checked(f"json://{host}/hook") == f"json://{host}/hook"
