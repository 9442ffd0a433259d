"""The page of rules on prices: what it lists, and undoing them; shops whose pages may leave out the place."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from scraping.models import PriceRule, PriceSpell, QuarantinedOffer, Shop
from scraping.services.price_rules import make_rule
from tests.scraping.amazon.made_pages import Grocery
from tests.scraping.disagreements import SEEN, held_offer, oil, place_of, visited

pytestmark = pytest.mark.django_db
PLACELESS = Grocery().build().replace("Entrega en Madrid 28008", "").replace("Actualizar ubicación", "")


def _soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(answer: Any) -> str:
    return " ".join(_soup(answer).get_text(" ").split())


def _post(client: Client, held: QuarantinedOffer, button: str, **values: str) -> Any:
    return client.post(f"/operations/held/{held.pk}/{button}/", values, follow=True)


def _choice(held: QuarantinedOffer, amount: str) -> str:
    return f"{place_of(held, amount)}:{amount}"


def test_a_rule_is_made_shown_and_undone(operator: Client) -> None:
    product = oil()
    held, other = held_offer(product), held_offer(product, at=SEEN + timedelta(hours=6))
    text = _text(_post(operator, held, "settle", choice=_choice(held, "39.95"), rule="product"))
    assert "Rule from now on: Prefer the regular price." in text
    assert not QuarantinedOffer.objects.filter(pk=other.pk).exists()
    page = operator.get("/operations/rules/")
    row = _soup(page).select_one("tbody tr")
    assert [cell.get_text(strip=True) for cell in row.select("td")][2] == "1"
    assert "Carbonell" in row.get_text()
    text = _text(operator.post(f"/operations/rules/{PriceRule.objects.get().pk}/undo/", follow=True))
    assert "1 page is read again without it." in text
    assert "No rule yet." in text
    text = _text(operator.post(f"/operations/rules/{PriceRule.objects.get().pk}/undo/", follow=True))
    assert "This rule was undone already." in text


def test_a_rule_for_the_shop(operator: Client) -> None:
    held = held_offer()
    _post(operator, held, "settle", choice=_choice(held, "39.95"), rule="shop")
    assert PriceRule.objects.get().shop == held.visit.product.shop
    assert "amazon.es" in _text(operator.get("/operations/rules/"))


def test_a_replaced_rule_whose_prices_stand_is_listed(operator: Client) -> None:
    product = oil()
    make_rule(target=product, kind="regular", where="buying_options")
    visited(product)
    make_rule(target=product, kind="deal", where="")
    assert "replaced by another rule" in _text(operator.get("/operations/rules/"))


def test_pages_without_a_place_are_accepted_for_a_shop_and_held_again(operator: Client) -> None:
    held = held_offer(page=PLACELESS)
    assert "Accept pages without a place for amazon.es" in _text(operator.get(f"/operations/held/{held.pk}/"))
    address = f"/operations/shops/{held.visit.product.shop_id}/unknown-place/"
    text = _text(operator.post(address, {"accept": "yes"}, follow=True))
    assert "1 stored page is read again." in text
    assert PriceSpell.objects.exists()
    assert "Hold such pages again" in _text(operator.get("/operations/rules/"))
    assert "held again from now on" in _text(operator.post(address, {"accept": "no"}, follow=True))
    assert not Shop.objects.get().accepts_unknown_place
