"""An alert fires once for an event, whoever dies in between."""

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from rest_framework.test import APIClient

from dashboard.models import Alert, Delivery
from dashboard.services.fire_alerts import check_alerts
from scraping.services.spell_rows import point_to_latest
from tests.factories import ProductFactory, SpellFactory, UserFactory

pytestmark = pytest.mark.django_db


def alert(**fields: Any) -> Alert:
    product = fields.pop("product", None) or ProductFactory(litres=Decimal(5), title="Aceite\nBcc: x@example.org")
    if not product.spells.exists():
        SpellFactory(product=product, price=Decimal("39.95"))
        point_to_latest(product)
    given = {"user": UserFactory(), "kind": "price_below", "threshold": Decimal(40)} | fields
    return Alert.objects.create(product=product, **given)


def test_it_works() -> None:
    alert()
    assert check_alerts() == 1
    assert "39.95 EUR" in mail.outbox[0].subject
    assert "\n" not in mail.outbox[0].subject
    assert Delivery.objects.get().sent_at


def test_once_for_one_event() -> None:
    alert()
    assert [check_alerts(), check_alerts()] == [1, 0]


def test_per_litre() -> None:
    alert(kind="per_litre_below", threshold=Decimal("7.99"))
    alert(kind="per_litre_below", threshold=Decimal("7.98"))
    assert check_alerts() == 1


@pytest.mark.parametrize("fields", [{"threshold": Decimal(39)}, {"active": False}])
def test_nothing_to_tell(fields: dict[str, Any]) -> None:
    alert(**fields)
    assert check_alerts() == 0


def test_a_mail_that_cannot_be_sent_is_noted_and_not_tried_for_ever(monkeypatch: Any) -> None:
    def refuse(**_kwargs: Any) -> None:
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("dashboard.services.fire_alerts.send_mail", refuse)
    alert()
    check_alerts()
    assert Delivery.objects.get().error == "no mail server"
    assert check_alerts() == 0


def test_without_an_address_it_says_so() -> None:
    alert(user=UserFactory(email=""))
    check_alerts()
    assert "names no e-mail address" in Delivery.objects.get().error


def test_people_see_their_own_rules_only() -> None:
    mine, other = alert(), alert()
    client = APIClient()
    assert client.get("/api/alerts/").status_code in {401, 403}
    client.force_authenticate(mine.user)
    assert [row["id"] for row in client.get("/api/alerts/").json()["results"]] == [mine.pk]
    assert client.get(f"/api/alerts/{other.pk}/").status_code == 404
    body = {"product": mine.product_id, "kind": "price_below", "threshold": "5"}
    assert client.post("/api/alerts/", body).status_code == 201
    assert client.post("/api/alerts/", body | {"threshold": "-5"}).status_code == 400
