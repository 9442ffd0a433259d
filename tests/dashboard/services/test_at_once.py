"""Two requests of one person at the same moment: one rule, and no more of them than anybody may have."""

import contextlib
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from dashboard.models import Alert, Channel
from dashboard.services import alerts, channels
from dashboard.services.alerts import TooManyAlerts
from dashboard.services.channels import TooManyChannels, add_channel
from scraping.models import Product
from tests.dashboard.rows import priced_product
from tests.factories import UserFactory

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def met(work: Callable[..., Any], gate: threading.Barrier) -> Callable[..., Any]:
    """The same, done when the other request is there too, or has not come for a while because it waits its turn."""

    def waiting(*args: Any, **given: Any) -> Any:
        with contextlib.suppress(threading.BrokenBarrierError):
            gate.wait(1)
        return work(*args, **given)

    return waiting


def both(*requests: Callable[[], Any]) -> list[str]:
    """Make them at once; return what they raised."""
    raised: list[str] = []

    def run(request: Callable[[], Any]) -> None:
        try:
            request()
        except (TooManyAlerts, TooManyChannels) as error:
            raised.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[request]) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


@pytest.fixture
def requests_at_once(monkeypatch: Any) -> Callable[[int], Callable[[], Any]]:
    """A request of one person to set an alert below a price; between counting and writing two of them would meet."""
    user, product = UserFactory(), Product.objects.select_related("shop", "latest_spell").get(pk=priced_product().pk)
    gate = threading.Barrier(2)
    monkeypatch.setattr(alerts, "ensure_preferences", met(alerts.ensure_preferences, gate))
    return lambda below: (
        lambda: alerts.set_alert(user=user, product=product, kind="price_below", threshold=Decimal(below))
    )


def test_the_same_rule_is_one_rule(requests_at_once: Any) -> None:
    assert both(requests_at_once(40), requests_at_once(40)) == []
    assert Alert.objects.count() == 1


def test_the_last_place_is_given_once(requests_at_once: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(alerts, "MOST_ALERTS", 1)
    assert both(requests_at_once(40), requests_at_once(41)) == ["TooManyAlerts"]
    assert Alert.objects.count() == 1


def test_the_last_channel_too(monkeypatch: Any) -> None:
    user = UserFactory()
    monkeypatch.setattr(channels, "MOST_CHANNELS", 1)
    monkeypatch.setattr(channels, "masked", met(channels.masked, threading.Barrier(2)))
    result = [lambda topic=topic: add_channel(user=user, name="", address=f"ntfy://{topic}") for topic in ("a", "b")]
    assert both(*result) == ["TooManyChannels"]
    assert Channel.objects.count() == 1
