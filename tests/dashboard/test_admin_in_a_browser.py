"""The admin's lists in a real browser: every column of every list is in view at 1440 pixels, and rows are low."""

import pytest
from django.contrib import admin
from django.utils import timezone

from tests.dashboard.browsing import IN_A_BROWSER, complaining, signed_in, violations
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ShopFactory, UserFactory, VisitFactory

pytestmark = IN_A_BROWSER
LONG = "Hacienda Luciana Aceite de Oliva Virgen Extra Hojiblanca y Picual, edición limitada, Garrafa 5 L"
REASON = "price of a new offer; price by core_price + buying_options + spoken; no list price, no coupon"
SEEN = """() => ({
    hidden: [...document.querySelectorAll(".results")].map((box) => box.scrollWidth - box.clientWidth),
    rows: [...document.querySelectorAll("#result_list tbody tr")].map((row) => row.offsetHeight),
})"""

CONTRAST = """() => {
    const light = (colour) => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((each) => each / 255);
        const [r, g, b] = parts.map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const ink = light(getComputedStyle(document.querySelector("#result_list tbody th a")).color);
    const paper = light(getComputedStyle(document.body).backgroundColor);
    return Math.max(ink, paper) / Math.min(ink, paper);
}"""


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_are_legible_in_every_theme(browser, live_server, client, theme, scheme):
    user = UserFactory(staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    priced_product()
    context = browser.new_context(color_scheme=scheme)
    page = complaining(signed_in(context, client, live_server.url))
    page.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    page.goto(f"{live_server.url}/admin/scraping/product/")
    assert page.evaluate(CONTRAST) >= 4.5
    context.close()


@pytest.mark.parametrize("model", ["visit", "forecast", "pricespell", "product", "delivery", "training"])
def test_no_column_is_cut_off(browser, live_server, client, model):
    user = UserFactory(staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    priced_product(title="Aceitedeoliva" * 8)
    product = priced_product(title=LONG, shop=ShopFactory(name="amazon.es"))
    training = forecast_of(product).training
    training.reason = REASON
    training.save()
    now = timezone.now()
    VisitFactory(product=product, status="ok", reason=REASON, due_at=now, started_at=now, finished_at=now)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es")
    page = complaining(signed_in(context, client, live_server.url))
    shown = next(each for each in admin.site._registry if each._meta.model_name == model)
    page.goto(f"{live_server.url}/admin/{shown._meta.app_label}/{model}/")
    seen = page.evaluate(SEEN)
    assert max(seen["hidden"], default=0) <= 0, "columns lie outside the view"
    assert max(seen["rows"], default=0) < 130
    assert page.get_by_role("link", name="Operaciones").is_visible()
    assert "oilwatch" in page.title()
    assert page.complaints == violations(page) == []
    context.close()
