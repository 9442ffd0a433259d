"""Set an alert on a product's page, see one's own, remove them."""

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.models import Alert
from dashboard.services import alerts
from dashboard.services.alert_events import check_alerts
from dashboard.services.alerts import set_alert
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"
RULE = {"kind": "per_litre_below", "threshold": "7.50", "email": "anna@example.org"}


def _soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "lxml")


def _text(answer: Any) -> str:
    return " ".join(_soup(answer).get_text(" ").split())


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    product = priced_product()
    soup = _soup(client.get(f"/products/{product.pk}/", headers={"host": "localhost"}))
    assert soup.select_one("section[aria-labelledby=alert] a")["href"] == f"/login/?next=/products/{product.pk}/"
    assert client.get("/alerts/", headers={"host": "localhost"}).status_code == 302
    assert client.post(f"/products/{product.pk}/alerts/", RULE, headers={"host": "localhost"}).status_code == 302
    assert not Alert.objects.exists()


def test_it_works(person: Client) -> None:
    product = priced_product(title="Aceite bueno")
    form = _soup(person.get(f"/products/{product.pk}/")).select_one("form.alert-form")
    assert form.select_one("#alert_threshold")["value"] == "7.60"  # 5 % below 8.00
    answer = person.post(form["action"], RULE, follow=True)  # type: ignore[arg-type]
    assert "Alert set." in _text(answer)
    alert = Alert.objects.get()
    assert (alert.kind, alert.threshold, alert.email) == ("per_litre_below", Decimal("7.5"), "anna@example.org")
    assert "a litre costs €7.50 or less" in _text(person.get("/alerts/"))
    person.post(form["action"], RULE)  # type: ignore[arg-type]
    assert Alert.objects.count() == 1
    assert "Alert removed." in _text(person.post(f"/alerts/{alert.pk}/remove/", follow=True))
    assert not Alert.objects.exists()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("written", ["7,25", "7.25"])
def test_either_decimal_mark(person: Client, language: str, written: str) -> None:
    address = f"/products/{priced_product().pk}/alerts/"
    person.post(address, {**RULE, "threshold": written}, headers={"accept-language": language})
    assert Alert.objects.get().threshold == Decimal("7.25")


def test_decimals_as_the_reader_writes_them(person: Client) -> None:
    product = priced_product()
    person.post(f"/products/{product.pk}/alerts/", {**RULE, "threshold": "7,25"}, headers={"accept-language": "es"})
    assert Alert.objects.get().threshold == Decimal("7.25")


@pytest.mark.parametrize(
    "wrong",
    [{"threshold": "-1"}, {"threshold": "x"}, {"threshold": ""}, {"kind": "x"}, {"email": "x"}, {"threshold": "1e99"}],
)
def test_nonsense_is_refused_in_words(person: Client, wrong: dict[str, str]) -> None:
    product = priced_product()
    answer = person.post(f"/products/{product.pk}/alerts/", {**RULE, "once": "on", **wrong})
    assert answer.status_code == 422
    field = _soup(answer).select_one(f"form.alert-form #alert_{next(iter(wrong))}")
    assert field is not None
    assert field["aria-describedby"] == f"{field['id']}_error"
    assert _soup(answer).select_one(f"form.alert-form #{field['id']}_error").get_text(strip=True), "beside the field"
    assert not Alert.objects.exists()


def test_a_refused_form_forgets_nothing(person: Client) -> None:
    product = priced_product()
    sent = {"kind": "price_change", "percent": "many", "direction": "up", "email": "anna@example.org", "once": "on"}
    form = _soup(person.post(f"/products/{product.pk}/alerts/", sent)).select_one("form.alert-form")
    assert form is not None
    assert str(form["action"]).endswith("/alerts/#alert")
    assert form.select_one("#alert_kind option[selected]")["value"] == "price_change"
    assert form.select_one("#alert_direction option[selected]")["value"] == "up"
    percent = form.select_one("#alert_percent")
    assert (percent["value"], percent["aria-invalid"]) == ("many", "true")
    assert form.select_one("#alert_email")["value"] == "anna@example.org"
    assert form.select_one("#alert_once").has_attr("checked")
    again = person.get(f"/products/{product.pk}/alerts/?over=90")
    assert (again.status_code, again.headers["Location"]) == (302, f"/products/{product.pk}/?over=90")


def test_the_same_alert_again_is_said_to_be_the_same(person: Client) -> None:
    address = f"/products/{priced_product().pk}/alerts/"
    assert "Alert set." in _text(person.post(address, RULE, follow=True))
    text = _text(person.post(address, RULE, follow=True))
    assert "You already have this alert." in text
    assert "Alert set." not in text


def test_no_price_per_litre_where_the_volume_is_unknown(person: Client) -> None:
    product = priced_product(litres=None)
    person.post(f"/products/{product.pk}/alerts/", RULE)
    assert not Alert.objects.exists()


def test_nobody_touches_another_persons(person: Client) -> None:
    other = Alert.objects.create(user=UserFactory(), product=priced_product(), kind="price_below", threshold=1)
    person.post(f"/alerts/{other.pk}/remove/")
    assert Alert.objects.exists()
    assert "No alerts yet." in _text(person.get("/alerts/"))
    assert person.get(f"/alerts/{other.pk}/remove/").status_code == 405


def test_there_is_an_end_to_it(person: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(alerts, "MOST_ALERTS", 1)
    for _ in range(2):
        answer = person.post(f"/products/{priced_product().pk}/alerts/", RULE, follow=True)
    assert "the maximum number of alerts" in _text(answer)


def test_few_queries_and_hostile_titles(person: Client) -> None:
    user = UserFactory._meta.model.objects.get()
    for number in range(5):
        Alert.objects.create(user=user, product=priced_product(title=HOSTILE), kind="price_below", threshold=number + 1)
    with CaptureQueriesContext(connection) as queries:
        answer = person.get("/alerts/")
    # the person, their permissions, alerts, events, channels, addresses, preferences; shops and channels to choose
    assert len(queries) <= 11
    assert _soup(answer).find("img") is None


def test_signing_in_leads_back(client: Client) -> None:
    user = UserFactory()
    user.set_password("long-enough-1")
    user.save()
    result = {"username": user.username, "password": "wrong", "next": "/alerts/"}
    wrong = client.post("/login/", result, headers={"host": "localhost"})
    assert "Wrong username or password" in _text(wrong)
    right = client.post("/login/", result | {"password": "long-enough-1"}, headers={"host": "localhost"})
    assert right.headers["Location"] == "/alerts/"
    away = client.post(
        "/login/",
        result | {"password": "long-enough-1", "next": "https://evil.example/"},
        headers={"host": "localhost"},
    )
    assert away.headers["Location"] == "/"


@pytest.mark.parametrize("kind", ["back_in_stock", "advice_buy"])
def test_what_was_so_when_it_was_set_was_not_triggered(person: Client, kind: str) -> None:
    product = priced_product()
    forecast_of(product, advice={"word": "buy"})
    set_alert(user=UserFactory._meta.model.objects.get(), product=product, kind=kind)
    check_alerts()
    text = _text(person.get("/alerts/"))
    assert "active; it was already so when you set it" in text
    assert "not triggered yet" in text
    assert "triggered; re-arms" not in text


def test_an_alert_is_edited(person: Client) -> None:
    product = priced_product()
    person.post(f"/products/{product.pk}/alerts/", {**RULE, "once": "on"})
    alert = Alert.objects.get()
    address = f"/alerts/{alert.pk}/"
    assert _soup(person.get("/alerts/")).select_one(f'a[href="{address}"]')
    form = _soup(person.get(address)).select_one("form.alert-form")
    assert form is not None
    assert form.select_one("#alert_threshold")["value"] == "7.50"
    assert form.select_one("#alert_email")["value"] == "anna@example.org"
    assert form.select_one("#alert_once").has_attr("checked")
    assert "Alert changed." in _text(person.post(address, {"kind": "price_below", "threshold": "33,5"}, follow=True))
    alert.refresh_from_db()
    assert (alert.kind, alert.threshold, alert.once, alert.email) == ("price_below", Decimal("33.5"), False, "")
    wrong = person.post(address, {"kind": "price_below", "threshold": "cheap"})
    assert (wrong.status_code, _soup(wrong).select_one("#alert_threshold")["value"]) == (422, "cheap")


def test_two_alerts_do_not_become_one_rule(person: Client) -> None:
    product = priced_product()
    for threshold in ("7", "6"):
        person.post(f"/products/{product.pk}/alerts/", {**RULE, "threshold": threshold})
    same = person.post(f"/alerts/{Alert.objects.latest('pk').pk}/", {**RULE, "threshold": "7"})
    assert same.status_code == 422
    assert "You already have another alert with this rule." in _text(same)
    assert set(Alert.objects.values_list("threshold", flat=True)) == {6, 7}


def test_nobody_edits_another_persons(person: Client) -> None:
    other = Alert.objects.create(user=UserFactory(), product=priced_product(), kind="price_below", threshold=1)
    assert person.get(f"/alerts/{other.pk}/").status_code == 404
    assert person.post(f"/alerts/{other.pk}/", RULE).status_code == 404


@pytest.mark.parametrize("written", ["10", "12,5", "12.5"])
def test_a_price_so_many_percent_under_todays(person: Client, written: str) -> None:
    product = priced_product(price="40")
    address = f"/products/{product.pk}/alerts/"
    sent = {"kind": "under_today", "percent": written, "threshold": "x", "days": "x"}
    assert "Alert set." in _text(person.post(address, sent, follow=True))
    alert = Alert.objects.get()
    share = Decimal(written.replace(",", "."))
    assert (alert.kind, alert.percent_under, alert.relative_to) == ("price_below", share, Decimal(40))
    assert alert.threshold == 40 - 40 * share / 100
    number = {"10": "€36.00"}.get(written, "€35.00")
    percent = written.replace(",", ".")
    assert f"the pack costs {number} or less, {percent}% under the €40.00 of that day" in _text(person.get("/alerts/"))
    form = _soup(person.get(f"/alerts/{alert.pk}/")).select_one("form.alert-form")
    assert form is not None
    assert form.select_one("#alert_kind option[selected]")["value"] == "under_today"
    assert form.select_one("#alert_percent")["value"].startswith(percent)
    assert "You already have this alert." in _text(person.post(address, sent, follow=True))
    person.post(f"/alerts/{alert.pk}/", {"kind": "price_below", "threshold": "30"})
    alert.refresh_from_db()
    assert (alert.threshold, alert.percent_under, alert.relative_to) == (Decimal(30), None, None)


@pytest.mark.parametrize("percent", ["", "0", "100", "-5", "many"])
def test_percent_that_name_no_price_are_refused_beside_the_field(person: Client, percent: str) -> None:
    answer = person.post(f"/products/{priced_product().pk}/alerts/", {"kind": "under_today", "percent": percent})
    assert answer.status_code == 422
    assert _soup(answer).select_one("#alert_percent_error").get_text(strip=True)
    assert _soup(answer).select_one("#alert_percent").get("value", "") == percent


def test_nothing_is_under_a_price_that_is_not_there(person: Client) -> None:
    product = priced_product()
    sent = {"kind": "under_today", "percent": "10", "price_kind": "used"}
    answer = person.post(f"/products/{product.pk}/alerts/", sent)
    assert "It has no such price right now: enter an amount." in _soup(answer).select_one("#alert_percent_error").text
    assert not Alert.objects.exists()


def test_what_is_already_met_is_said_when_it_is_set_and_in_the_list(person: Client) -> None:
    product = priced_product(price="40")
    answer = person.post(f"/products/{product.pk}/alerts/", {**RULE, "threshold": "8", "email": ""}, follow=True)
    assert "Alert set. It is already met: the first message comes within 5 minutes." in _text(answer)
    assert "already met: the first message comes within 5 minutes" in _text(person.get("/alerts/"))
    check_alerts()
    text = _text(person.get("/alerts/"))
    assert "already met" not in text
    assert "Alert: a litre costs €8.00 or less" in text, "the history says which rule it was"


def test_what_a_kind_does_not_need_may_hold_anything(person: Client) -> None:
    person.post(f"/products/{priced_product().pk}/alerts/", {**RULE, "percent": "x", "days": "x", "direction": "x"})
    assert Alert.objects.get().threshold == Decimal("7.5")
