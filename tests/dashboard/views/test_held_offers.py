"""The pages of held prices: who may open them, what they say, and every button."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scraping.models import PriceRule, PriceSpell, QuarantinedOffer, Visit
from tests.dashboard.conftest import BACKEND
from tests.factories import SpellFactory, UserFactory
from tests.scraping.amazon.made_pages import Grocery
from tests.scraping.disagreements import DISAGREEING, SEEN, held_offer, oil, place_of, spanish_shop

pytestmark = pytest.mark.django_db
PLACELESS = Grocery().build().replace("Entrega en Madrid 28008", "").replace("Actualizar ubicación", "")
BUTTONS = (
    "held/{}/settle/",
    "held/{}/accept/",
    "held/{}/refuse/",
    "held/{}/reread/",
    "held/{}/undo/",
    "rules/{}/undo/",
)


def _soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(answer: Any) -> str:
    return " ".join(_soup(answer).get_text(" ").split())


def _post(client: Client, held: QuarantinedOffer, button: str, **values: str) -> Any:
    return client.post(f"/operations/held/{held.pk}/{button}/", values, follow=True)


def _choice(held: QuarantinedOffer, amount: str) -> str:
    return f"{place_of(held, amount)}:{amount}"


@pytest.mark.parametrize("path", ["/operations/held/", "/operations/held/{}/", "/operations/held/{}/page/"])
def test_the_pages_are_for_those_who_may_decide(client: Client, person: Client, path: str) -> None:
    address = path.format(held_offer().pk)
    assert client.get(address, headers={"host": "localhost"}).status_code == 302
    assert person.get(address).status_code == 403
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_quarantinedoffer"))
    person.force_login(user, backend=BACKEND)
    assert person.get(address).status_code == 200


def test_the_buttons_are_too_and_only_post(client: Client, person: Client, operator: Client) -> None:
    held = held_offer()
    for button in (*BUTTONS, "shops/{}/unknown-place/"):
        address = f"/operations/{button.format(held.pk)}"
        assert operator.get(address).status_code == 405
        assert person.post(address).status_code == 403
        assert client.post(address, headers={"host": "localhost"}).status_code == 302
    assert person.get("/operations/rules/").status_code == 403
    held.refresh_from_db()
    assert held.decision == "waiting"


def test_one_click_from_the_operations_page(operator: Client) -> None:
    held = held_offer()
    link = _soup(operator.get("/operations/")).find("a", string=lambda text: "held for review" in (text or ""))
    assert link["href"] == "/operations/held/"
    page = _soup(operator.get(link["href"]))
    assert page.find("a", href=f"/operations/held/{held.pk}/")
    assert "Two prices disagree" in page.get_text()


def test_every_amount_is_one_choice_with_all_its_places(operator: Client) -> None:
    SpellFactory(product=oil(), price=41)
    product = PriceSpell.objects.get().product
    product.latest_spell = PriceSpell.objects.get()
    product.save()
    held = held_offer(product, Grocery(hidden="39.95", used="30.00").build())
    page = _soup(operator.get(f"/operations/held/{held.pk}/"))
    cards = page.select(".choice")
    amounts = [card.select_one(".amount").get_text() for card in cards]
    assert amounts == ["€42.95", "€39.95", "€30.00", "€8.59"]
    assert len(cards[0].select("li")) == 2
    assert "€8.59/l" in cards[0].get_text()
    assert "regular price" in cards[0].get_text()
    assert "at the top of the page" in cards[0].get_text()
    assert cards[0].select_one("mark").get_text() == "42 , 95"
    assert [bool(card.select(".amber")) for card in cards] == [True, True, False, False]
    assert cards[-1].select_one("input") is None, "a price per unit is no price"
    assert "Two prices disagree: €42.95 and €39.95" in " ".join(page.get_text(" ").split())
    assert "Usual price €41.00 €8.20/l" in " ".join(page.get_text(" ").split())


def test_a_price_is_settled_and_undone(operator: Client) -> None:
    held = held_offer()
    text = _text(_post(operator, held, "settle", choice=_choice(held, "39.95")))
    assert "€39.95 was recorded." in text
    assert "Settled at €39.95 by person-" in text
    assert str(PriceSpell.objects.get().price) == "39.9500"
    text = _text(_post(operator, held, "undo"))
    assert "The decision was undone." in text
    assert "Which is the price?" in text
    assert not PriceSpell.objects.exists()


@pytest.mark.parametrize("choice", ["", "x", "0", "0:", "0:NaN", "99:42.95", "-1:42.95", "0:1.00"])
def test_a_choice_that_is_none_is_said_in_words(operator: Client, choice: str) -> None:
    held = held_offer()
    page = _soup(_post(operator, held, "settle", choice=choice, rule="nobody"))
    assert page.select_one(".notice.error").get_text(strip=True)
    assert not PriceSpell.objects.exists()


def test_the_second_person_is_told_so(operator: Client) -> None:
    held = held_offer()
    _post(operator, held, "settle", choice=_choice(held, "39.95"))
    for button in ("settle", "accept", "refuse", "reread"):
        text = _text(_post(operator, held, button, choice=_choice(held, "42.95")))
        assert "This price was decided already." in text
    assert PriceSpell.objects.count() == 1


def test_nothing_to_accept_is_said(operator: Client) -> None:
    assert "several prices or none" in _text(_post(operator, held_offer(), "accept"))


def test_a_jump_is_accepted_or_refused(operator: Client) -> None:
    product = oil()
    SpellFactory(product=product, price=100, first_seen=SEEN - timedelta(hours=6))
    product.latest_spell = PriceSpell.objects.get()
    product.save()
    held = held_offer(product, Grocery().build())
    text = _text(operator.get(f"/operations/held/{held.pk}/"))
    assert "Is €42.95 right?" in text
    assert "How often?" not in text
    assert "refused" in _text(_post(operator, held, "refuse"))
    _post(operator, held, "undo")
    assert "Accepted at €42.95" in _text(_post(operator, held, "accept"))
    assert PriceSpell.objects.count() == 2


def test_another_product_is_named(operator: Client) -> None:
    held = held_offer(oil(title="Pintura blanca mate 4 L", brand="Titan", litres=4), Grocery().build())
    text = _text(operator.get(f"/operations/held/{held.pk}/"))
    assert "begins a new price series" in text
    assert "On the page Carbonell" in text
    page = _soup(_post(operator, held, "accept"))
    assert page.find("button", string=lambda text: (text or "").strip() == "Undo") is None


def test_the_page_is_read_again(operator: Client) -> None:
    held = held_offer()
    assert "held for review" in _text(_post(operator, held, "reread"))
    PriceRule.objects.create(product=held.visit.product, kind="regular", where="buying_options")
    answer = _post(operator, held, "reread")
    assert answer.redirect_chain[-1][0] == "/operations/held/"
    assert "its price was recorded" in _text(answer)


def test_the_stored_page_is_shown_as_text_alone(operator: Client) -> None:
    hostile = DISAGREEING.replace("Carbonell Aceite", "<script>alert(1)</script>&lt;img src=x onerror=alert(1)&gt; Oil")
    held = held_offer(oil(title=""), hostile)
    page = _soup(operator.get(f"/operations/held/{held.pk}/page/"))
    assert page.select("main script, main img") == []
    assert "42 , 95" in [mark.get_text() for mark in page.select("mark")]
    Visit.objects.update(snapshot=None)
    assert "no longer stored" in _text(operator.get(f"/operations/held/{held.pk}/page/"))
    assert "no longer stored" in _text(operator.get(f"/operations/held/{held.pk}/"))


def test_the_list_has_pages_and_costs_few_queries(operator: Client) -> None:
    shop = spanish_shop()
    for number in range(27):
        held_offer(
            oil(shop, sku=f"B0OLIVA{number:03}", title=""), DISAGREEING.replace("B0OLIVA001", f"B0OLIVA{number:03}")
        )
    with CaptureQueriesContext(connection) as queries:
        page = _soup(operator.get("/operations/held/"))
    assert len(queries) <= 5
    assert len(page.select("tbody tr")) == 25
    assert len(_soup(operator.get("/operations/held/?page=2")).select("tbody tr")) == 2
    with CaptureQueriesContext(connection) as queries:
        operator.get(f"/operations/held/{QuarantinedOffer.objects.first().pk}/")
    assert len(queries) <= 6


def test_in_spanish_too(operator: Client) -> None:
    held = held_offer()
    headers = {"accept-language": "es"}
    text = _text(operator.get(f"/operations/held/{held.pk}/", headers=headers))
    assert "Dos precios no coinciden: 42,95 € y 39,95 €" in text.replace("\u00a0", " ")
    assert "precio normal" in text
