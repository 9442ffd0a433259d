"""The bookmark in a real Chromium, against the demo shop and a live server."""

import json

import pytest

from scraping.demo.catalogue import BY_ASIN
from scraping.models import PriceSpell, Visit
from tests.dashboard.browsing import IN_A_BROWSER, complaining, signed_in
from tests.dashboard.test_extension import watched
from tests.scraping.captured_pages import ASIN, SECRETS, personal_page

__all__ = ["watched"]
pytestmark = IN_A_BROWSER


def pressed(page):
    """Press the bookmark on this page: the window it opens."""
    with page.expect_popup() as opened:
        page.evaluate("(script) => { eval(decodeURIComponent(script.slice('javascript:'.length))); }", page.bookmark)
    return opened.value


@pytest.fixture
def shop_tab(browser, live_server, demo_server, person):
    """A tab with the shop's page in a browser that is signed in to oilwatch, and the bookmark taken from there."""
    context = signed_in(browser.new_context(locale="en-GB"), person, live_server.url)
    page = complaining(context)
    page.goto(f"{live_server.url}/capture/")
    bookmark = page.get_attribute("a.bookmarklet", "href")
    assert page.complaints == []
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    page.bookmark = bookmark
    yield page
    context.close()


def test_the_bookmark_sends_the_page(watched, shop_tab, demo_server):
    window = pressed(shop_tab)
    window.get_by_text("Recorded.").wait_for()
    assert BY_ASIN[ASIN].title in window.inner_text("#capture-read")
    assert PriceSpell.objects.get().price == demo_server.simulation.offer(ASIN, demo_server.today()).price
    assert "owc_" not in shop_tab.bookmark


def test_the_window_of_the_bookmark_takes_nothing_from_other_origins(watched, shop_tab, live_server, settings):
    settings.OILWATCH_DEMO_SHOP_URL = "http://127.0.0.1:9"
    window = pressed(shop_tab)
    window.get_by_text("Pages of this address are not taken").wait_for()
    assert not Visit.objects.exists()


def test_the_window_of_the_bookmark_strips_too(watched, shop_tab):
    sent = []
    shop_tab.context.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    shop_tab.route("**/dp/*", lambda route: route.fulfill(body=personal_page(), content_type="text/html"))
    shop_tab.reload()
    pressed(shop_tab).get_by_text("Recorded.").wait_for()
    assert len(sent) == 1
    assert [secret for secret in SECRETS if secret in json.loads(sent[0])["html"]] == []
