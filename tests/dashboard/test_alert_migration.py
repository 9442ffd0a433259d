"""What fired before firings had deliveries is kept, and is not told again."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dashboard.services.fire_alerts import check_alerts
from scraping.models import Product
from scraping.services.spell_rows import point_to_latest
from tests.factories import ProductFactory, SpellFactory, UserFactory

BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_earlier_firings() -> None:
    product, user = ProductFactory(), UserFactory()
    SpellFactory(product=product, price=Decimal(39), first_seen=BEGAN)
    point_to_latest(Product.objects.get(pk=product.pk))
    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "dashboard"]
    try:
        executor.migrate([("dashboard", "0001_initial")])
        old = executor.loader.project_state([("dashboard", "0001_initial")]).apps
        alert = old.get_model("dashboard", "Alert").objects.create(
            user_id=user.pk, product_id=product.pk, kind="price_below", threshold=40
        )
        told = {"alert": alert, "price": 39, "sent_at": BEGAN, "event": f"spell from {BEGAN.isoformat()}"}
        old.get_model("dashboard", "Delivery").objects.create(**told)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(newest)
    from dashboard.models import Delivery, Firing

    assert Firing.objects.get().event == f"price_below {BEGAN.isoformat()}"
    assert Delivery.objects.get().state == "sent"
    assert check_alerts() == 0
    assert mail.outbox == []
