"""A shop of made-up shelves, and a training of it that is split into parts."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from forecasting.models import Training
from forecasting.services.order_training import order_training
from forecasting.services.plan_training import plan
from scraping.models import Adapter, Shop
from tests.factories import ProductFactory, ShopFactory, SpellFactory


def made_up_shop(products: int, days: int = 96) -> Shop:
    shop: Shop = ShopFactory(adapter=Adapter.IMPORT)
    for number in range(products):
        product = ProductFactory(shop=shop)
        for step in range(days // 6):
            begin = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=6 * step)
            SpellFactory(
                product=product,
                first_seen=begin,
                last_seen=begin + timedelta(days=5),
                pauses=[86_400] * 5,
                price=Decimal(30 + number + (step * (number + 1)) % 3),
            )
    return shop


def planned(**order: Any) -> Training:
    training = order_training(source="command", enqueue=False, **order)
    assert plan(training_id=training.pk, enqueue=False)
    training.refresh_from_db()
    return training
