"""The charts in a real browser: there at once, answering at every day, changed without a reload, whole on request."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from forecasting.models import MethodForecast
from tests.dashboard.browsing import HOSTILE, IN_A_BROWSER, complaining, violations
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ShopFactory, SpellFactory

pytestmark = IN_A_BROWSER
DAY = timedelta(days=1)
PLOTLY = ".js-plotly-plot .scatterlayer .js-line"


def _watched_product(**values):
    """A product with two prices, a gap between them, other kinds of price, a forecast and Prophet's."""
    product = priced_product(price="40", days=100, title=HOSTILE, **values)
    began = product.latest_spell.first_seen
    SpellFactory(product=product, price="45.55", first_seen=began - 320 * DAY, last_seen=began - 12 * DAY)
    product.spells.update(subscribe_price=36, list_price=50)
    forecast = forecast_of(product)
    same = {name: getattr(forecast, name) for name in ("product", "training", "cutoff", "last_price", "levels")}
    MethodForecast.objects.create(**same, method="prophet", quantiles=forecast.quantiles)
    return product


def _opened(browser, url, *, width=1440, scheme="light", language="en", script=True, touch=False):
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale=language,
        java_script_enabled=script,
        has_touch=touch,
    )
    page = complaining(context)
    page.goto(url)
    return page


def _is_well(page):
    assert page.complaints == []
    assert violations(page) == []
    page.context.close()


def _addresses(products):
    compared = "&".join(f"product={product.pk}" for product in products)
    return {"product": f"/products/{products[0].pk}/", "index": "/", "compare": f"/compare/?{compared}"}


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("name", ["product", "index", "compare"])
def test_one_picture_fits_every_width_and_its_texts_keep_their_size(browser, live_server, name, width):
    shop = ShopFactory()
    products = [_watched_product(shop=shop), priced_product(shop=shop, price="50", days=30)]
    page = _opened(browser, live_server.url + _addresses(products)[name], width=width, language="es")
    page.locator(".plot[role=slider]").wait_for()
    plot, area = page.locator(".plot").bounding_box(), page.locator(".plot .area").bounding_box()
    assert area["width"] > 0.5 * plot["width"]
    leading = page.locator(".area > svg > path.line").last.bounding_box()
    assert leading["x"] >= area["x"] - 5, "as far as its corners reach"
    assert leading["x"] + leading["width"] <= area["x"] + area["width"] + 5
    texts = page.locator(".timeline text:visible").evaluate_all(
        "texts => texts.map((text) => text.getBoundingClientRect().toJSON())"
    )
    assert len(texts) > 8
    assert {round(text["height"]) for text in texts} <= {15, 16, 17, 18}
    assert all(text["left"] >= plot["x"] - 1 and text["right"] <= plot["x"] + plot["width"] + 1 for text in texts)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _is_well(page)


@pytest.mark.parametrize("width", [390, 1440])
def test_the_day_under_the_pointer_is_read_everywhere(browser, live_server, width):
    page = _opened(browser, f"{live_server.url}/products/{_watched_product().pk}/", width=width)
    page.locator(".plot").scroll_into_view_if_needed()
    box = page.locator(".plot").bounding_box()
    texts = []
    for step in range(1, 100, 2):
        page.mouse.move(box["x"] + box["width"] * step / 100, box["y"] + box["height"] * ((step * 37) % 80 + 10) / 100)
        assert page.locator(".readout").is_visible(), step
        assert page.locator(".hover .spike").count() == 1
        texts.append(page.locator(".readout").inner_text())
    joined = "\n".join(texts)
    for part in ("€9.11/l (€45.55)", "€8.00/l (€40.00)", "List price", "not checked", "Forecast", "80% of outcomes"):
        assert part in joined, part
    assert len(set(texts)) > 10, "one day differs from another"
    inside = page.locator(".readout").bounding_box()
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= width
    _is_well(page)


def test_on_a_phone_what_is_read_covers_no_switch_and_goes_when_tapped(browser, live_server):
    page = _opened(browser, f"{live_server.url}/products/{_watched_product().pk}/", width=390)
    plot, readout, switches = page.locator(".plot"), page.locator(".readout"), page.locator(".switches")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    for share in (0.3, 0.6, 0.8):
        plot.click(position={"x": box["width"] * share, "y": box["height"] / 2})
        read, legend = readout.bounding_box(), switches.bounding_box()
        assert read["y"] + read["height"] <= legend["y"], "the switches stand under the plot"
        assert read["y"] + read["height"] <= plot.bounding_box()["y"] + 26, "the lines stay in view"
    readout.click()
    assert not readout.is_visible()
    _is_well(page)


def test_arrow_keys_move_from_day_to_day_and_are_said(browser, live_server):
    page = _opened(browser, f"{live_server.url}/products/{_watched_product().pk}/")
    plot = page.locator(".plot")
    plot.focus()
    page.keyboard.press("ArrowLeft")
    first = plot.get_attribute("aria-valuetext")
    assert "€8.00/l (€40.00)" in first
    page.keyboard.press("ArrowLeft")
    assert plot.get_attribute("aria-valuetext") != first
    page.keyboard.press("ArrowRight")
    assert plot.get_attribute("aria-valuetext") == first
    page.keyboard.press("Home")
    assert plot.get_attribute("aria-valuenow") == plot.get_attribute("aria-valuemin")
    page.keyboard.press("End")
    assert plot.get_attribute("aria-valuenow") == plot.get_attribute("aria-valuemax")
    assert "Forecast" in plot.get_attribute("aria-valuetext")
    page.keyboard.press("Escape")
    assert not page.locator(".readout").is_visible()
    _is_well(page)


def test_ranges_and_lines_change_without_a_reload_and_make_a_link(browser, live_server):
    url = f"{live_server.url}/products/{_watched_product().pk}/"
    page = _opened(browser, url)
    page.evaluate("window.stayed = true")
    year = page.locator(".plot .line-price").get_attribute("d")
    page.get_by_role("link", name="3 months").click()
    page.wait_for_url("**over=90")
    assert page.locator(".plot .line-price").get_attribute("d") != year
    assert page.get_by_role("link", name="3 months").evaluate("link => link === document.activeElement")
    page.get_by_role("link", name="Price with Subscribe & Save").click()
    page.get_by_role("link", name="Prophet’s forecast").click()
    page.get_by_role("link", name="Forecast", exact=True).click()
    page.get_by_text("track record for this product").wait_for()
    page.wait_for_url("**-fan**")
    assert page.locator(".plot .line-subscription").count() == page.locator(".plot .line-prophet").count() == 1
    assert page.locator(".plot .band-fan").count() == 0
    assert page.evaluate("window.stayed") is True
    query = parse_qs(urlsplit(page.url).query)
    assert query["over"] == ["90"]
    assert set(query["show"][0].split(",")) == {"-fan", "subscription", "prophet"}
    drawn = page.locator(".plot .timeline").evaluate("svg => svg.outerHTML")
    page.goto(page.url)  # as somebody who was sent the link
    page.locator(".plot[role=slider]").wait_for()
    assert page.locator(".plot .timeline").evaluate("svg => svg.outerHTML") == drawn
    _is_well(page)


def test_quick_clicks_are_all_followed(browser, live_server):
    page = _opened(browser, f"{live_server.url}/products/{_watched_product().pk}/")
    names = ("3 months", "Price with Subscribe & Save", "Forecast", "all")
    page.evaluate(
        """names => [...document.querySelectorAll(".switches a")]
        .filter((link) => names.includes(link.textContent.trim())).forEach((link) => link.click())""",
        names,
    )
    page.wait_for_url("**over=all**")
    page.wait_for_function("() => !document.querySelector('.time-chart[aria-busy]')")
    query = parse_qs(urlsplit(page.url).query)
    assert query["over"] == ["all"]
    assert set(query["show"][0].split(",")) == {"-fan", "subscription"}
    figures = page.locator("#statistics").inner_text()
    page.goto(page.url)
    assert page.locator("#statistics").inner_text() == figures
    _is_well(page)


def test_a_switch_that_the_server_does_not_answer_opens_the_page(browser, live_server):
    page = _opened(browser, f"{live_server.url}/products/{_watched_product().pk}/")
    page.evaluate("window.stayed = true")
    page.route("**over=90", lambda route: route.continue_() if route.request.is_navigation_request() else route.abort())
    page.get_by_role("link", name="3 months").click()
    page.wait_for_function("() => !window.stayed")
    assert page.url.endswith("over=90#chart")
    page.context.close()


def test_the_link_is_copied(browser, live_server):
    page = _opened(browser, f"{live_server.url}/products/{_watched_product().pk}/?over=90")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{page.url}#chart"
    _is_well(page)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (390, "light")])
@pytest.mark.parametrize("name", ["product", "index", "compare"])
def test_the_full_chart_comes_when_it_is_asked_for(browser, live_server, name, width, scheme):
    shop = ShopFactory()
    products = [_watched_product(shop=shop), priced_product(shop=shop, price="50", days=30)]
    address = live_server.url + _addresses(products)[name]
    page = _opened(browser, address, width=width, scheme=scheme)
    page.locator(".plot[role=slider]").wait_for()
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert not [each for each in loaded if "plotly" in each or "/charts/" in each]
    page.get_by_role("link", name="Explore").click()
    chart = page.frame_locator("iframe")
    chart.locator(PLOTLY).first.wait_for(state="attached", timeout=30_000)
    assert not page.locator(".plot").is_visible()
    ink = {"dark": "rgb(236, 232, 219)", "light": "rgb(31, 30, 26)"}[scheme]
    assert chart.locator(".xtick text").first.evaluate("text => getComputedStyle(text).fill") == ink
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 1000:
        with page.expect_download() as download:
            chart.locator(".modebar-btn[data-title*=ownload]").click()
        assert download.value.suggested_filename == "oilwatch.png"
    page.get_by_role("link", name="Back to the simple chart").click()
    assert page.locator(".plot").is_visible()
    assert page.locator("iframe").count() == 0
    _is_well(page)


def test_without_a_script_the_chart_and_its_links_stand(browser, live_server):
    product = _watched_product()
    page = _opened(browser, f"{live_server.url}/products/{product.pk}/", script=False)
    assert page.locator(".plot .line-price").is_visible()
    assert not page.get_by_role("button", name="Copy link").is_visible()
    page.get_by_role("link", name="3 months").click()
    page.wait_for_url("**over=90*")
    page.get_by_role("link", name="Prophet’s forecast").click()
    page.wait_for_url("**show=prophet*")
    page.locator(".plot .line-prophet").wait_for(state="attached")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_picture_has_the_reader_s_colours(browser, live_server, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())  # before any script
    page.goto(f"{live_server.url}/products/{_watched_product().pk}/")
    stroke = page.locator(".plot .line-price").evaluate("line => getComputedStyle(line).stroke")
    assert stroke == {"dark": "rgb(236, 232, 219)", "light": "rgb(31, 30, 26)"}[scheme]
    context.close()
