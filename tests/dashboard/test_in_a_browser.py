"""A real browser: keys suffice, filters make links, a page is read before it is watched."""

from decimal import Decimal

import pytest

from dashboard.models import Alert
from scraping.demo.catalogue import PRODUCTS
from scraping.models import Product
from tests.dashboard.browsing import IN_A_BROWSER, complaining, signed_in
from tests.dashboard.rows import priced_product
from tests.factories import ShopFactory

pytestmark = IN_A_BROWSER


def test_an_alert_can_be_set_by_the_keyboard_alone(browser, live_server, operator):
    product = priced_product()
    context = browser.new_context(viewport={"width": 1440, "height": 844}, locale="en")
    page = signed_in(context, operator, live_server.url).new_page()
    page.goto(f"{live_server.url}/products/{product.pk}/")
    page.focus("#alert_kind")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("33.50")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Alert set.").wait_for()
    alert = Alert.objects.get()
    assert (alert.kind, alert.threshold) == ("price_below", Decimal("33.5"))
    context.close()


def test_the_first_stop_of_the_keyboard_leads_to_the_content(browser, live_server):
    priced_product()
    page = browser.new_page()
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


@pytest.mark.parametrize("width", [1440, 390])
def test_filters_narrow_the_table_and_make_a_link(browser, live_server, width):
    shop = ShopFactory(name="corner")
    priced_product(shop=shop, title="Alpha oil 5 L", brand="Alpha")
    priced_product(shop=shop, title="Beta oil 5 L", brand="Beta")
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="en")
    page = complaining(context)
    page.goto(live_server.url)
    table = page.locator("main table").filter(has_text="Beta oil")
    table.first.wait_for()
    if not page.locator("select[name=brand]").is_visible():  # folded on a phone
        page.get_by_text("Filter and sort").click()
    page.select_option("select[name=brand]", "Alpha")
    page.get_by_role("button", name="Apply", exact=True).click()
    page.wait_for_url("**brand=Alpha*")
    assert page.get_by_text("Beta oil 5 L").count() == 0
    assert page.get_by_text("Alpha oil 5 L").count() > 0
    page.goto(page.url)  # as somebody who was sent the link
    assert page.input_value("select[name=brand]") == "Alpha"
    page.get_by_role("link", name="Remove the filter Alpha").click()
    page.get_by_text("Beta oil 5 L").first.wait_for()
    assert page.complaints == []
    context.close()


def test_a_page_is_read_before_it_is_watched(browser, live_server, operator, demo_server):
    """Paste an address of the demo shop, see what was read, say yes: over real HTTP."""
    ShopFactory(name="demo", delivery_place="28008")
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en")
    page = complaining(signed_in(context, operator, live_server.url))
    page.goto(f"{live_server.url}/add/")
    page.fill("input[name=address]", f"{demo_server.url}/dp/{PRODUCTS[2].asin}")
    page.get_by_role("button", name="Read the page").click()
    page.get_by_text(PRODUCTS[2].title).first.wait_for()
    assert not Product.objects.exists(), "nothing is stored before the yes"
    page.locator("button[name=yes]").click()
    page.get_by_text("Product added.").wait_for()
    assert Product.objects.get().sku == PRODUCTS[2].asin
    assert page.complaints == []
    context.close()
