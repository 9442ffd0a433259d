"""The admin changes alerts by the services: unique rules, armed again, nobody else's channels."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dashboard.models import Alert, Channel
from scraping.models import Product
from tests.factories import ProductFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(**values: Any) -> dict[str, Any]:
    rule = {
        "kind": "price_below",
        "price_kind": "regular",
        "threshold": "10",
        "percent": "",
        "direction": "",
        "days": "",
    }
    return {**rule, "email": "", **values}


def below(user: Any, product: Product, threshold: int = 10, **values: Any) -> Alert:
    return Alert.objects.create(user=user, product=product, kind="price_below", threshold=Decimal(threshold), **values)


@pytest.mark.parametrize(
    "rule", [{"kind": "price_below", "threshold": Decimal(10)}, {"kind": "back_in_stock"}, {"kind": "advice_buy"}]
)
def test_the_database_refuses_a_second_alert_of_one_rule(rule: dict[str, Any]) -> None:
    user, product = UserFactory(), ProductFactory()
    Alert.objects.create(user=user, product=product, **rule)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(user=user, product=product, **rule)
    Alert.objects.create(user=UserFactory(), product=product, **rule)


def test_the_admin_adds_one_and_refuses_the_same_again(admin_client: Client) -> None:
    user, product = UserFactory(), ProductFactory()
    others = Channel.objects.create(user=UserFactory(), name="x", address="ntfy://topic")
    data = form(user=user.pk, product=product.pk, active="on", channels=[others.pk])
    assert admin_client.post("/admin/dashboard/alert/add/", data).status_code == 302
    assert not Alert.objects.get().channels.exists(), "somebody else's channel"
    answer = admin_client.post("/admin/dashboard/alert/add/", data)
    assert "This user already has this alert" in answer.content.decode()
    assert Alert.objects.count() == 1


def test_a_rule_changed_in_the_admin_is_armed_again(admin_client: Client) -> None:
    alert = below(UserFactory(), ProductFactory(), armed=False)
    address = f"/admin/dashboard/alert/{alert.pk}/change/"
    assert admin_client.post(address, form(active="on", once="on")).status_code == 302
    alert.refresh_from_db()
    assert (alert.once, alert.armed) == (True, False), "the rule is the same"
    assert admin_client.post(address, form(threshold="9", active="on")).status_code == 302
    alert.refresh_from_db()
    assert (alert.threshold, alert.armed, alert.once) == (Decimal(9), True, False)
    assert admin_client.post(address, form(threshold="9")).status_code == 302
    alert.refresh_from_db()
    assert not alert.active


def test_what_the_services_refuse_is_said(admin_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.services.alerts.MOST_ALERTS", 0)
    data = form(user=UserFactory().pk, product=ProductFactory().pk, active="on")
    answer = admin_client.post("/admin/dashboard/alert/add/", data, follow=True)
    assert "Nothing was saved" in answer.content.decode()
    assert not Alert.objects.exists()
