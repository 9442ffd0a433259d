"""A real browser: a disagreement settled from the operations page to a spell, with a rule, and undone."""

from datetime import timedelta
from decimal import Decimal

import pytest

from scraping.models import PriceRule, PriceSpell, QuarantinedOffer
from tests.dashboard.browsing import IN_A_BROWSER, complaining, violations
from tests.factories import UserFactory
from tests.scraping.disagreements import SEEN, held_offer, oil, visited

pytestmark = IN_A_BROWSER
PASSWORD = "olives and more olives"


def signed_in_page(context, url):
    """A page of an operator who signed in by the form and went on to the operations page."""
    user = UserFactory(staff=True)
    user.set_password(PASSWORD)
    user.save()
    page = complaining(context)
    page.goto(f"{url}/login/?next=/operations/")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.goto(f"{url}/operations/")
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_a_disagreement_is_settled_from_the_operations_page_and_undone(browser, live_server, width):
    product = oil()
    held = held_offer(product)
    also = held_offer(product, at=SEEN + timedelta(hours=6))
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="en")
    page = signed_in_page(context, live_server.url)
    page.get_by_role("link", name="2 prices held for review").click()
    page.locator(f"a[href='/operations/held/{held.pk}/']").click()
    page.get_by_text("Two prices disagree: €42.95 and €39.95").wait_for()
    page.get_by_role("radio", name="€39.95").check()
    page.get_by_role("radio", name="always for this product").check()
    page.get_by_role("button", name="This is the price").click()
    page.get_by_text("€39.95 was recorded. Rule from now on: Prefer the regular price.").wait_for()
    spell = PriceSpell.objects.get()
    assert (spell.price, spell.first_seen) == (Decimal("39.95"), SEEN)
    assert spell.observations == 2, "the other page was read by the rule"
    assert not QuarantinedOffer.objects.filter(pk=also.pk).exists()
    assert visited(product, at=SEEN + timedelta(hours=12)).status == "ok"
    page.get_by_role("link", name="Rules on prices").click()
    row = page.get_by_role("row").filter(has_text="Prefer the regular price")
    assert row.locator("td.num").inner_text().endswith("2")
    page.go_back()
    page.get_by_role("button", name="Undo", exact=True).click()
    page.get_by_text("The decision was undone. The price waits again.").wait_for()
    assert not PriceSpell.objects.exists()
    assert not PriceRule.objects.active().exists()
    assert set(QuarantinedOffer.objects.values_list("decision", flat=True)) == {"waiting"}
    assert page.complaints == []
    assert violations(page) == []
    context.close()


def test_it_is_settled_by_the_keyboard_alone(browser, live_server):
    held = held_offer()
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="es")
    page = signed_in_page(context, live_server.url)
    page.goto(f"{live_server.url}/operations/held/{held.pk}/")
    page.locator("input[name=choice]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Deshacer").wait_for()
    assert PriceSpell.objects.get().price == Decimal("39.95")
    context.close()


def test_the_stored_page_shows_no_markup_of_the_shop(browser, live_server):
    held = held_offer()
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en")
    page = signed_in_page(context, live_server.url)
    page.goto(f"{live_server.url}/operations/held/{held.pk}/")
    page.get_by_role("link", name="the page’s text around its prices").click()
    page.locator("mark").first.wait_for()
    assert page.locator("#corePriceDisplay_desktop_feature_div, iframe").count() == 0
    assert page.complaints == []
    context.close()
