"""A real browser: add a channel, press its test button, set an alert; the price falls and the message arrives."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from dashboard.models import Alert, Delivery
from dashboard.services.alert_events import check_alerts
from scraping.services.spell_rows import point_to_latest
from tests.dashboard.browsing import HOSTILE, IN_A_BROWSER, complaining, signed_in
from tests.dashboard.rows import priced_product
from tests.dashboard.sinks import web_sink
from tests.factories import SpellFactory

pytestmark = IN_A_BROWSER


@pytest.fixture
def page(browser, live_server, operator):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en")
    yield complaining(signed_in(context, operator, live_server.url))
    context.close()


def test_from_the_channel_to_the_message(page, live_server, settings):
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    product = priced_product(title=HOSTILE)
    with web_sink() as sink:
        page.goto(f"{live_server.url}/alerts/")
        page.get_by_label("Name").fill("my hook")
        page.get_by_label("Address").fill(sink.address)
        page.get_by_role("button", name="Add channel").click()
        page.get_by_role("button", name="Test my hook").click()
        page.get_by_text("the test was delivered").wait_for()
        assert "test message" in json.loads(sink.bodies[0])["title"]
        page.goto(f"{live_server.url}/products/{product.pk}/")
        page.get_by_label("Alert me when").select_option("price_change")
        assert not page.locator("#alert_threshold").is_visible()
        page.locator("#alert_percent").fill("10")
        page.get_by_label("E-mail to").fill("")
        page.get_by_label("my hook").check()
        page.get_by_role("button", name="Set an alert").click()
        page.get_by_text("Alert set.").wait_for()
        alert = Alert.objects.get()
        assert (alert.kind, alert.direction, alert.reference) == ("price_change", "down", Decimal(40))
        check_alerts()
        spell = product.latest_spell
        SpellFactory(product=product, price=Decimal(35), first_seen=spell.last_seen + timedelta(minutes=1))
        point_to_latest([product.pk])
        assert check_alerts() == 1
        assert "−12.5" in json.loads(sink.bodies[1])["title"]
        assert check_alerts() == 0
    page.goto(f"{live_server.url}/alerts/")
    page.get_by_text("sent: my hook").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    Delivery.objects.update(state="failed", error="mail_not_set_up")  # as long as reasons come
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Pause the alert on").click()
    page.get_by_text("Alert paused").wait_for()
    assert page.complaints == []
