"""Set an alert on many products: templates, the market's filters, a preview, edit and remove; and by the API."""

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from rest_framework.test import APIClient

from dashboard.models import Alert
from dashboard.services.alert_events import check_alerts
from scraping.models import Adapter
from tests.dashboard.rows import priced_product
from tests.factories import ShopFactory, UserFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


def _soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "lxml")


def _text(answer: Any) -> str:
    return " ".join(_soup(answer).get_text(" ").split())


@pytest.fixture
def shop() -> Any:
    shop = ShopFactory(name="demo")
    for price in ("20", "29", "40"):
        priced_product(shop=shop, price=price, title=f"{HOSTILE} {price}")
    return shop


def rule(shop: Any, **fields: str) -> dict[str, str]:
    return {
        "grade": "extra_virgin",
        "most_litres": "5",
        "place": str(shop.pk),
        "kind": "per_litre_below",
        "threshold": "6",
        **fields,
    }


def test_it_works(person: Client, shop: Any) -> None:
    form = _soup(person.get("/alerts/")).select_one("form.scope-form")
    assert form.select_one("#alert_grade option[selected]")["value"] == "extra_virgin"
    page = person.get("/alerts/new/?grade=extra_virgin")
    assert "3 products match now." in _text(page)
    assert "€4.00/l" in _text(page), "the cheapest"
    assert _soup(page).select_one("#alert_threshold")["value"] == "3.80"
    answer = person.post(str(form["action"]), rule(shop), follow=True)
    assert "Alert set. It is already met: the first message comes within 5 minutes." in _text(answer)
    assert "Extra virgin olive oil, packs up to 5 l, demo" in _text(answer)
    assert "active; first check within 5 minutes" in _text(answer)
    assert check_alerts() == 2
    text = _text(person.get("/alerts/"))
    assert "2 products" in text
    assert "Alert: a litre costs €6.00 or less (Extra virgin olive oil, packs up to 5 l, demo)" in text


def test_the_preview_saves_nothing(person: Client, shop: Any) -> None:
    answer = person.post("/alerts/new/", rule(shop, preview="1", threshold="5,80"))
    assert answer.status_code == 200
    assert "2 products are at or below this price now." in _text(answer)
    assert "Already met: the first message comes within 5 minutes." in _text(answer)
    assert _soup(answer).select_one("#alert_threshold")["value"] == "5,80"
    assert not _soup(answer).find("img", src="x")
    assert "0 products are" in _text(person.post("/alerts/new/", rule(shop, preview="1", threshold="3")))
    assert not Alert.objects.exists()


def test_the_markets_filters_become_a_rule(person: Client, shop: Any) -> None:
    link = _soup(person.get("/?grade=extra_virgin&shop=demo&size=5&stock=1")).find(
        "a", string="Set an alert for these filters"
    )
    assert link is not None
    form = _soup(person.get(str(link["href"]))).select_one("form.scope-form")
    assert form is not None
    assert form.select_one("#alert_place option[selected]")["value"] == str(shop.pk)
    assert form.select_one("#alert_grade option[selected]")["value"] == "extra_virgin"
    assert form.select_one("#alert_most_litres")["value"] == "5"
    assert _soup(person.get("/")).find("a", string="Set an alert for these filters") is None


@pytest.mark.parametrize("query", ["most_litres=x", "most_litres=999999", "shop=none", "size=more", "grade=salad"])
def test_nonsense_in_the_address_narrows_nothing(person: Client, shop: Any, query: str) -> None:
    assert person.get(f"/alerts/new/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"threshold": ""}, "threshold"),
        ({"threshold": "cheap"}, "threshold"),
        ({"most_litres": "-1"}, "most_litres"),
        ({"place": "9999"}, "place"),
        ({"grade": "salad"}, "grade"),
        ({"kind": "advice_buy"}, "kind"),
        ({"email": "x"}, "email"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(person: Client, shop: Any, wrong: dict[str, str], field: str) -> None:
    answer = person.post("/alerts/new/", rule(shop, once="on", **wrong))
    assert answer.status_code == 422
    soup = _soup(answer)
    assert soup.select_one(f"#alert_{field}_error"), "and the field points to it"
    assert f"alert_{field}_error" in soup.select_one(f"#alert_{field}")["aria-describedby"]
    assert soup.select_one("#alert_once").has_attr("checked")
    assert not Alert.objects.exists()


def test_edited_paused_and_removed(person: Client, shop: Any) -> None:
    person.post("/alerts/new/", rule(shop))
    alert = Alert.objects.get()
    address = f"/alerts/{alert.pk}/"
    form = _soup(person.get(address)).select_one("form.scope-form")
    assert (form.select_one("#alert_threshold")["value"], form["action"]) == ("6.00", address)
    assert "2 products are at or below this price now." in _text(person.get(address))
    assert "Alert changed." in _text(person.post(address, rule(shop, threshold="4,5", grade=""), follow=True))
    alert.refresh_from_db()
    assert (alert.threshold, alert.grade, alert.seen_until) == (Decimal("4.5"), None, None)
    person.post("/alerts/new/", rule(shop))
    same = person.post(address, rule(shop))
    assert (same.status_code, "You already have another alert with this rule." in _text(same)) == (422, True)
    assert "Alert paused." in _text(person.post(f"{address}turn/", {"active": "no"}, follow=True))
    assert "Alert removed." in _text(person.post(f"{address}remove/", follow=True))
    other = Alert.objects.create(user=UserFactory(), currency="EUR", simulated=True, kind="price_below", threshold=1)
    assert person.get(f"/alerts/{other.pk}/").status_code == 404


def test_the_identical_rule_again(person: Client, shop: Any) -> None:
    person.post("/alerts/new/", rule(shop))
    assert "You already have this alert." in _text(person.post("/alerts/new/", rule(shop), follow=True))
    assert Alert.objects.count() == 1


def test_places_of_several_currencies(person: Client, shop: Any) -> None:
    for name in ("amazon.es", "amazon.it"):
        priced_product(shop=ShopFactory(name=name, adapter=Adapter.AMAZON))
    priced_product(shop=ShopFactory(name="amazon.co.uk", currency="GBP", adapter=Adapter.AMAZON))
    form = _soup(person.get("/alerts/new/")).select_one("form.scope-form")
    assert form is not None
    names = [option.get_text() for option in form.select("#alert_place option")]
    assert names == ["all shops (EUR)", "amazon.es (EUR)", "amazon.it (EUR)", "amazon.co.uk (GBP)", "demo (EUR)"]
    assert "in the shop’s currency" in form.get_text()
    person.post("/alerts/new/", rule(shop, place="EUR"))
    alert = Alert.objects.get()
    assert (alert.currency, alert.simulated, alert.shop) == ("EUR", False, None)
    assert _soup(person.get(f"/alerts/{alert.pk}/")).select_one("#alert_place option[selected]")["value"] == "EUR"


def test_without_products_there_is_nothing_to_choose(person: Client) -> None:
    assert "There are no products yet." in _text(person.get("/alerts/new/"))
    assert person.post("/alerts/new/", {"kind": "per_litre_below", "threshold": "6"}).status_code == 422


def test_strangers_sign_in_first(client: Client) -> None:
    assert client.get("/alerts/new/", headers={"host": "localhost"}).headers["Location"].startswith("/login/")


@pytest.fixture
def api() -> APIClient:
    client = APIClient()
    client.force_authenticate(UserFactory())
    return client


def test_the_api_takes_and_shows_a_scope(api: APIClient, shop: Any) -> None:
    body = {"kind": "per_litre_below", "threshold": "6", "grade": "extra_virgin", "most_litres": "5", "shop": shop.pk}
    made = api.post("/api/alerts/", body)
    assert made.status_code == 201
    shown = {name: made.json()[name] for name in ("product", "grade", "most_litres", "shop", "currency", "simulated")}
    assert shown == {
        "product": None,
        "grade": "extra_virgin",
        "most_litres": "5.0000",
        "shop": shop.pk,
        "currency": "EUR",
        "simulated": True,
    }
    assert api.post("/api/alerts/", body).json()["id"] == made.json()["id"]
    check_alerts()
    assert api.get("/api/alerts/?grade=extra_virgin").json()["results"][0]["matches"] == 2
    address = f"/api/alerts/{made.json()['id']}/"
    assert api.patch(address, {"grade": None}, format="json").json()["grade"] is None
    assert api.patch(address, {"threshold": "5"}).json()["threshold"] == "5.0000"
    assert api.patch(address, {"active": False}).json()["active"] is False
    everywhere = api.post("/api/alerts/", {"kind": "price_below", "threshold": "6", "currency": "EUR"})
    assert (everywhere.status_code, everywhere.json()["simulated"]) == (201, False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "product"),
        ({"grade": "extra_virgin"}, "product"),
        ({"currency": "EUR", "grade": "salad"}, "grade"),
        ({"currency": "XXX"}, "currency"),
        ({"currency": "EUR", "kind": "back_in_stock"}, "kind"),
        ({"currency": "EUR", "most_litres": "0"}, "most_litres"),
        ({"currency": "EUR", "percent_under": "10"}, "percent_under"),
    ],
)
def test_the_api_refuses_half_a_scope(api: APIClient, wrong: dict[str, Any], field: str) -> None:
    answer = api.post("/api/alerts/", {"kind": "per_litre_below", "threshold": "6", **wrong})
    assert (answer.status_code, field in str(answer.json())) == (400, True)
    assert not Alert.objects.exists()


def test_the_api_refuses_a_product_and_a_scope(api: APIClient) -> None:
    product = priced_product()
    both = {"product": product.pk, "currency": "EUR", "kind": "price_below", "threshold": "6"}
    assert api.post("/api/alerts/", both).status_code == 400
    made = api.post("/api/alerts/", {"product": product.pk, "kind": "price_below", "threshold": "6"})
    address = f"/api/alerts/{made.json()['id']}/"
    assert api.patch(address, {"grade": "olive"}).status_code == 400
    assert api.patch(address, {"product": priced_product().pk}).status_code == 400


def test_percent_under_todays_price(api: APIClient) -> None:
    product = priced_product(price="40")
    body = {"product": product.pk, "kind": "per_litre_below", "percent_under": "10"}
    made = api.post("/api/alerts/", body).json()
    assert (made["threshold"], made["relative_to"], made["percent_under"]) == ("7.2000", "8.0000", "10.00")
    address = f"/api/alerts/{made['id']}/"
    assert api.patch(address, {"percent_under": "20"}).json()["threshold"] == "6.4000"
    assert api.patch(address, {"once": True}).json()["percent_under"] == "20.00"
    assert api.patch(address, {"threshold": "5"}).json()["percent_under"] is None
    assert api.post("/api/alerts/", body | {"percent_under": "100"}).status_code == 400
    assert api.post("/api/alerts/", body | {"kind": "back_in_stock"}).status_code == 400
