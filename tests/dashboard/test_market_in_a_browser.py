"""The market's table in a real browser: readable at every width, and where it was after a click."""

import pytest

from tests.dashboard.browsing import IN_A_BROWSER
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ShopFactory

pytestmark = IN_A_BROWSER
TITLE = "Hacienda Luciana Aceite de Oliva Virgen Extra Hojiblanca y Picual, Garrafa {} L"
# A window of 1440 px at 200 % zoom is 720 px wide.
WIDTHS = (320, 390, 705, 720, 768, 900, 1000, 1024, 1025, 1100, 1440, 1920)
MEASURES = """() => ({
    wide: document.scrollingElement.scrollWidth,
    title: Math.min(...[...document.querySelectorAll(".market .title a")].map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return range.getBoundingClientRect().width;
    })),
    row: Math.max(...[...document.querySelectorAll(".market tbody tr")].map((one) => one.offsetHeight)),
    overlaps: [...document.querySelectorAll(".market tbody tr")].some((row) => {
        const boxes = [...row.children].map((cell) => cell.getBoundingClientRect()).filter((box) => box.width);
        return boxes.some((one, at) => boxes.slice(at + 1).some((other) =>
            Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
            && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1));
    }),
})"""


def shelf(count):
    """Products with long titles, each with advice; the last ones have a coupon, and are out of stock."""
    shop = ShopFactory(name="corner")
    products = [priced_product(shop=shop, title=TITLE.format(size), price=str(100 + size)) for size in range(count)]
    for product in products:
        forecast_of(product)
    spell = products[-1].latest_spell
    spell.coupon = "Aplicar cupón del 15 % en la primera compra"
    spell.save()
    return products


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_table_is_readable_at_every_width(browser, live_server, language):
    shelf(3)
    context = browser.new_context(locale=language)
    page = context.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url)
        seen = page.evaluate(MEASURES)
        assert seen["wide"] <= width, f"{width} px: it scrolls sideways, {seen}"
        assert seen["title"] >= 190, f"{width} px: titles have no room, {seen}"
        # Squeezed titles made rows of 487 px; a title of three lines, its figures and links need half of that.
        assert seen["row"] <= (240 if width < 400 else 170), f"{width} px: rows are tall, {seen}"
        assert not seen["overlaps"], f"{width} px: figures cover each other"
    context.close()


def test_sorting_and_filtering_stay_at_the_table(browser, live_server):
    shelf(12)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("link", name="30 days").click()
    page.wait_for_url("**sort=change*#products")
    assert page.evaluate("scrollY") > 0
    assert page.locator(".market thead").bounding_box()["y"] < 450
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("30 days")
    page.get_by_label("In stock only").check()
    page.get_by_role("button", name="Apply", exact=True).click()
    page.wait_for_url("**stock=1*#products")
    assert page.evaluate("scrollY") > 0
    button = page.get_by_role("button", name="Compare selected")
    page.locator(".market tbody tr").last.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 200)")
    assert 0 <= button.bounding_box()["y"] < 900, "the button stays in view while products are ticked"
    context.close()


def test_the_bar_counts_what_is_ticked_and_keeps_it_from_page_to_page(browser, live_server):
    shelf(8)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    page = context.new_page()
    page.goto(live_server.url)
    button = page.locator(".compare-bar [type=submit]")
    assert (button.is_disabled(), button.inner_text()) == (True, "Compare selected (0)")
    ticks = page.locator(".tick")
    for place in range(6):
        ticks.nth(place).check()
    assert button.inner_text() == "Compare selected (6)"
    assert ticks.nth(6).is_disabled(), "only six fit"
    ticks.nth(0).uncheck()
    assert not ticks.nth(6).is_disabled()
    page.get_by_role("link", name="Per litre").click()
    page.wait_for_url("**sort=per_litre*#products")
    assert button.inner_text() == "Compare selected (5)"
    page.goto(f"{live_server.url}/?grade=virgin")  # none of them is in this table
    page.goto(f"{live_server.url}/?q=luciana&sort=title")
    assert page.locator(".tick:checked").count() == 5
    button.click()
    page.wait_for_url("**/compare/?**")
    assert page.locator("table.compared tbody tr").count() == 5
    context.close()


def test_filters_fold_on_a_phone_and_stand_open_elsewhere(browser, live_server):
    shelf(2)
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en")
    page = context.new_page()
    page.goto(f"{live_server.url}/?stock=1")
    fold = page.locator(".filter-fold summary")
    assert fold.inner_text().split() == ["Filter", "and", "sort", "1"]
    assert not page.get_by_label("In stock only").is_visible()
    assert page.locator(".active-filters").inner_text().startswith("in stock")
    fold.click()
    assert page.get_by_label("In stock only").is_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(live_server.url)
    assert page.get_by_label("In stock only").is_visible()
    assert not fold.is_visible()
    context.close()


def test_without_a_script_an_empty_choice_says_what_to_do(browser, live_server):
    shelf(2)
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("button", name="Compare selected").click()
    page.wait_for_url("**compare=none#products")
    assert "Nothing was selected." in page.locator("#products .notice").inner_text()
    page.locator(".tick").first.check()
    page.get_by_role("button", name="Compare selected").click()
    page.wait_for_url("**/compare/?**")
    assert page.locator("table.compared tbody tr").count() == 1
    context.close()
