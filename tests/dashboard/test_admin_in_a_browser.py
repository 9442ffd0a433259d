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


@pytest.mark.parametrize("model", ["visit", "forecast", "pricespell", "product", "delivery", "training"])
def test_no_column_is_cut_off(browser, live_server, client, model):
    user = UserFactory(staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    product = priced_product(title=LONG, shop=ShopFactory(name="amazon.es"))
    forecast_of(product)
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
