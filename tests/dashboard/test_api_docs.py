"""The API's page in a real browser: its operations are drawn and can be tried, with nothing from outside."""

from urllib.parse import urlsplit

import pytest

from tests.dashboard.browsing import IN_A_BROWSER, complaining, violations
from tests.factories import ShopFactory

pytestmark = IN_A_BROWSER
PAPER = {"light": "rgb(250, 248, 242)", "dark": "rgb(24, 24, 19)"}
HEADING = {"en": "Data and API", "es": "Datos y API"}
BACKGROUND = "(selector) => getComputedStyle(document.querySelector(selector)).backgroundColor"


@pytest.mark.parametrize(("width", "scheme", "language"), [(1440, "light", "en"), (390, "dark", "es")])
def test_operations_are_drawn_and_can_be_tried(browser, live_server, width, scheme, language):
    shop = ShopFactory(name="corner")
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, locale=language)
    page = complaining(context)
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{live_server.url}/api/docs/")
    assert page.get_by_role("heading", level=1).inner_text() == HEADING[language]
    shops = page.locator("#operations-shops-shops_list")
    shops.wait_for(timeout=30_000)
    assert page.locator(".opblock").count() >= 25
    assert "List them" in shops.inner_text()
    shops.locator(".opblock-summary-control").click()
    shops.get_by_role("button", name="Try it out").click()
    shops.get_by_role("button", name="Execute").click()
    answer = shops.locator(".live-responses-table")
    answer.wait_for(timeout=30_000)
    assert "200" in answer.inner_text()
    assert shop.name in answer.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(BACKGROUND, "html") == PAPER[scheme]
    assert page.evaluate(BACKGROUND, ".swagger-ui") in {PAPER[scheme], "rgba(0, 0, 0, 0)"}
    assert page.complaints == violations(page) == []
    assert hosts == {urlsplit(live_server.url).netloc}
    context.close()


def test_without_scripts_the_page_leads_to_the_description(browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{live_server.url}/api/docs/")
    page.get_by_text("needs JavaScript").wait_for()
    assert page.get_by_role("link", name="OpenAPI description").get_attribute("href") == "/api/schema/"
    context.close()
