"""An alert may watch the price for Prime members, with Subscribe & Save, with the coupon, or of used ones."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from dashboard.models import Alert, AlertEvent
from dashboard.services.alert_events import check_alerts
from dashboard.services.alerts import change_alert, set_alert
from scraping.services.spell_rows import point_to_latest
from tests.factories import ProductFactory, SpellFactory, UserFactory

pytestmark = pytest.mark.django_db
PRICES = {"prime": "prime_price", "subscription": "subscribe_price", "used": "used_price"}


def product_with(**terms):
    product = ProductFactory(litres=Decimal(5))
    check(product, **terms)
    return product


def check(product, **terms):
    """The next check, a day later than the last."""
    last = product.spells.order_by("first_seen").last()
    at = last.first_seen + timedelta(days=1) if last else timezone.now() - timedelta(days=20)
    SpellFactory(product=product, first_seen=at, **{"price": Decimal(40), **terms})
    point_to_latest([product.pk])
    product.refresh_from_db()


def rule(product, **values):
    return set_alert(
        **{"user": UserFactory(), "product": product, "kind": "price_below", "threshold": Decimal(35), **values}
    )


@pytest.mark.parametrize(("kind", "column"), PRICES.items())
def test_it_compares_the_price_of_its_kind(kind, column):
    product = product_with(**{column: 34})
    rule(product, price_kind=kind)
    rule(product)
    assert check_alerts() == 1
    assert AlertEvent.objects.get().price == 34


def test_a_coupon_is_compared_by_what_is_left_to_pay():
    product = product_with(coupon_percent=20)
    rule(product, price_kind="coupon", threshold=Decimal(32))
    assert check_alerts() == 1


def test_per_litre():
    product = product_with(prime_price=37)
    rule(product, kind="per_litre_below", threshold=Decimal("7.39"), price_kind="prime")
    assert check_alerts() == 0
    rule(product, kind="per_litre_below", threshold=Decimal("7.40"), price_kind="prime")
    assert check_alerts() == 1
    assert "€7.40/l" in mail.outbox[0].subject


def test_the_message_says_which_price_it_is():
    product = product_with(prime_price=34)
    rule(product, price_kind="prime")
    check_alerts()
    message = mail.outbox[0]
    assert "€34.00 (price for Prime members)" in message.subject
    assert "It costs €34.00 (price for Prime members); you set an alert" in message.body


def test_a_price_that_is_gone_is_over_and_the_next_one_counts():
    product = product_with(coupon_amount=6)
    rule(product, price_kind="coupon")
    assert check_alerts() == 1
    check(product, coupon_amount=7)
    assert check_alerts() == 0  # still below: one message is enough
    check(product, price=None, state="unavailable")
    assert check_alerts() == 0
    check(product, coupon_amount=6)
    assert check_alerts() == 0  # out of stock in between says nothing of the coupon
    check(product)
    assert check_alerts() == 0
    check(product, coupon_amount=8)
    assert check_alerts() == 1


def test_a_used_price_counts_where_nothing_new_is_sold():
    product = product_with(price=None, state="used_only", used_price=30)
    rule(product, price_kind="used")
    assert check_alerts() == 1


def test_a_change_is_one_of_its_kind():
    product = product_with(subscribe_price=38)
    alert = rule(product, kind="price_change", threshold=None, percent=Decimal(10), price_kind="subscription")
    assert alert.reference == 38
    check(product, price=Decimal(20), subscribe_price=37)
    assert check_alerts() == 0
    check(product, subscribe_price=34)
    assert check_alerts() == 1


def test_a_rule_for_another_price_is_another_rule():
    product, user = product_with(prime_price=34), UserFactory()
    prime = rule(product, user=user, price_kind="prime")
    assert rule(product, user=user) != prime
    assert rule(product, user=user, price_kind="prime") == prime
    check_alerts()
    change_alert(alert=prime, price_kind="used")
    prime.refresh_from_db()
    assert (prime.price_kind, prime.armed) == ("used", True)


def test_stock_and_advice_know_no_kind_of_price():
    product = product_with(prime_price=34)
    assert rule(product, kind="back_in_stock", threshold=None, price_kind="prime").price_kind == "regular"
    for wrong in ({"kind": "back_in_stock", "price_kind": "prime"}, {"price_kind": "list"}):
        values = {"kind": "price_below", "threshold": 1 if wrong.get("kind") is None else None, **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            Alert.objects.create(user=UserFactory(), product=product, **values)


def test_by_the_api():
    client, product = APIClient(), product_with(prime_price=34)
    client.force_authenticate(UserFactory())
    body = {"product": product.pk, "kind": "price_below", "threshold": "35"}
    assert client.post("/api/alerts/", body).json()["price_kind"] == "regular"
    row = client.post("/api/alerts/", {**body, "price_kind": "prime"}).json()
    assert row["price_kind"] == "prime"
    assert client.patch(f"/api/alerts/{row['id']}/", {"threshold": "33"}).json()["price_kind"] == "prime"
    assert client.post("/api/alerts/", {**body, "price_kind": "list"}).status_code == 400
    stock = client.patch(f"/api/alerts/{row['id']}/", {"kind": "back_in_stock"}).json()
    assert (stock["price_kind"], stock["threshold"]) == ("regular", None)


@pytest.mark.parametrize(("language", "text"), [("en", "with Subscribe &amp; Save"), ("es", "con Suscríbete y ahorra")])
def test_by_the_form(person: Client, language, text):
    product = product_with(subscribe_price=38)
    headers = {"accept-language": language}
    assert text in person.get(f"/products/{product.pk}/", headers=headers).text
    person.post(
        f"/products/{product.pk}/alerts/", {"kind": "price_below", "threshold": "35", "price_kind": "subscription"}
    )
    assert Alert.objects.get().price_kind == "subscription"
    page = person.get("/alerts/", headers=headers).text
    assert text in page
    assert ("€38.00" if language == "en" else "38,00\xa0€") in page
