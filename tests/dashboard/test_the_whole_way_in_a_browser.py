"""With everything running (PostgreSQL, Redis, Celery, the demo shop): to the shop, to a message, to ten products."""

import json
import re
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.browsing import CHROMIUM, complaining
from tests.dashboard.sinks import WebSink, web_sink
from tests.processes.platform import Platform, wait

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("up"),
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine (Debian: apt install chromium)"),
]
CHECK = "from dashboard.tasks import check_alerts; check_alerts.delay()"


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with tempfile.TemporaryDirectory(prefix="oilwatch-way-", ignore_cleanup_errors=True) as folder:
        running = Platform(Path(folder) / "home", OILWATCH_ALERT_PRIVATE_HOSTS="true")
        yield running
        running.stop()


@pytest.fixture
def sink() -> Iterator[WebSink]:
    with web_sink() as sink:
        yield sink


@pytest.fixture
def page(browser: Any, platform: Platform) -> Iterator[Any]:
    context = browser.new_context(base_url=f"http://127.0.0.1:{platform.port}", locale="en")
    page = complaining(context)
    password = re.search(r"password (\S+)", platform.output())
    assert password
    page.goto("/login/?next=/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(password.group(1))
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    yield page
    context.close()


def events(sink: WebSink) -> list[dict[str, str]]:
    return [event for body in sink.bodies for event in json.loads(body).get("events", [])]


def test_home_product_shop(page: Any, platform: Platform) -> None:
    page.goto("/")
    page.locator("#products a[href^='/products/']").first.click()
    page.wait_for_url("**/products/*/")
    button = page.locator("a.shop-button")
    address = button.get_attribute("href")
    assert address.startswith(f"{platform.env['OILWATCH_DEMO_SHOP_URL']}/dp/")
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback
        shop_page = answer.read().decode()
    assert page.locator("h1").inner_text().strip()[:20] in shop_page
    assert page.complaints == []


def test_home_alert_message(page: Any, platform: Platform, sink: WebSink) -> None:
    page.goto("/alerts/")
    page.get_by_label("Name").fill("my hook")
    page.get_by_label("Address", exact=True).fill(sink.address)
    page.get_by_role("button", name="Add channel").click()
    page.goto("/")
    page.locator("#products a[href^='/products/']").first.click()
    page.get_by_label("Alert me when").select_option("price_below")
    page.locator("#alert_threshold").fill("1000,00")
    page.locator("#alert_email").fill("")
    page.get_by_label("my hook").check()
    page.get_by_role("button", name="Set an alert").click()
    page.get_by_text("It is already met: the first message comes within 5 minutes.").wait_for()
    product = re.search(r"/products/(\d+)/", page.url)
    assert product
    page.goto("/alerts/new/?grade=extra_virgin")
    page.locator("#alert_threshold").fill("1000")
    page.locator("#alert_email").fill("")
    page.get_by_label("my hook").check()
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("It names the 20 cheapest").wait_for()
    page.get_by_role("button", name="Set an alert").click()
    page.get_by_text("Extra virgin olive oil, demo").first.wait_for()
    platform.command("shell", "-c", CHECK)
    wait(lambda: len(events(sink)) >= 21, 40)
    (one,) = [event for event in events(sink) if not event["scope"]]
    assert (one["product"], one["rule"], one["threshold"]) == (product.group(1), "price_below", "1000.0000")
    assert one["shop_url"].startswith(platform.env["OILWATCH_DEMO_SHOP_URL"])
    assert all(one[name] for name in ("alert", "price", "price_per_litre", "url"))
    many = [event for event in events(sink) if event["scope"]]
    assert len(many) == len({event["product"] for event in many}) == 20
    page.goto("/alerts/")
    page.get_by_text("sent: my hook").first.wait_for()
    assert page.complaints == []


def test_ten_addresses_ten_previews_watched(page: Any, platform: Platform) -> None:
    rows = platform.sql("SELECT id, sku FROM scraping_product ORDER BY id LIMIT 10")
    platform.sql(f"UPDATE scraping_product SET watched = false WHERE id <= {rows[-1][0]}")
    shop = platform.env["OILWATCH_DEMO_SHOP_URL"]
    page.goto("/add/")
    page.get_by_label("Up to 50 addresses").fill("\n".join(f"{shop}/dp/{sku}" for _, sku in rows))
    page.get_by_role("button", name="Preview all").click()
    page.get_by_text("All are read. Nothing is watched until you confirm.").wait_for(timeout=60_000)
    assert page.locator("#previews input:checked").count() == 10
    page.get_by_role("button", name="Watch selected").click()
    page.get_by_text("10 products added.").wait_for()
    watched = platform.sql(f"SELECT count(*) FROM scraping_product WHERE watched AND id <= {rows[-1][0]}")
    assert watched == [(10,)]
    assert page.complaints == []


def test_a_search_is_shown_by_itself(page: Any) -> None:
    page.goto("/add/")
    page.get_by_role("searchbox").fill("aceite de oliva")
    page.locator("[aria-labelledby=find]").get_by_role("button", name="Search").click()
    page.get_by_text("The prices are those of the search page.").wait_for(timeout=60_000)
    assert page.locator("#previews li").count() >= 5
    assert page.complaints == []
