"""The accuracy page and the odds fit every screen: only tables scroll, inside their own box."""

import pytest

from scraping.models import Adapter
from tests.dashboard.browsing import IN_A_BROWSER, complaining
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ShopFactory
from tests.forecasting.training_figures import shop_figures, training_with

pytestmark = IN_A_BROWSER
ODDS = {"5": {"7": 0.125, "14": 0.31, "30": 0.58}, "10": {"7": 0.04, "14": 0.1, "30": 0.27}, "days_to_fall": 25}


@pytest.mark.parametrize(("width", "scheme", "language"), [(320, "light", "es"), (390, "dark", "en")])
def test_no_page_is_wider_than_the_screen(browser, live_server, width, scheme, language):
    product = priced_product(shop=ShopFactory(adapter=Adapter.AMAZON, name="amazon.es"))
    forecast_of(product, odds=ODDS)
    training_with(**{"amazon.es": shop_figures()})
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, locale=language)
    page = complaining(context)
    for path, part in (("/accuracy/?days=14", ".scroll"), (f"/products/{product.pk}/", ".odds")):
        page.goto(live_server.url + path)
        for reasons in page.locator("summary").all():
            reasons.click()
        page.locator(part).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(live_server.url + "/accuracy/")
    box = page.locator("[aria-labelledby=leaderboard] .scroll")
    assert box.evaluate("each => each.scrollWidth > each.clientWidth"), "the leaderboard scrolls in its box"
    assert page.complaints == []
    context.close()
