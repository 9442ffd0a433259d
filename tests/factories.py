"""Valid rows in one line; traits for variants."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import factory
from django.contrib.auth import get_user_model

from scraping.models import Adapter, PriceSpell, Product, ScrapeRun, Shop, Visit


class ShopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Shop

    class Params:
        imported = factory.Trait(adapter=Adapter.IMPORT)

    name = factory.Sequence(lambda n: f"shop-{n:05d}")
    adapter = Adapter.DEMO
    currency = "EUR"
    timezone = "Europe/Madrid"
    seconds_between_requests = 0.001
    max_gap = timedelta(days=2)


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product

    shop = factory.SubFactory(ShopFactory)
    sku = factory.Sequence(lambda n: f"B0TEST{n:04d}")
    title = factory.Sequence(lambda n: f"Aceite de oliva virgen extra número {n}, garrafa 5 L")
    grade = "extra_virgin"
    litres = Decimal(5)


class SpellFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PriceSpell

    product = factory.SubFactory(ProductFactory)
    state = "in_stock"
    price = Decimal("39.95")
    litres = factory.SelfAttribute("product.litres")
    first_seen = datetime(2026, 1, 1, 12, tzinfo=UTC)
    last_seen = factory.SelfAttribute("first_seen")


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScrapeRun

    source = "command"


class VisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Visit

    product = factory.SubFactory(ProductFactory)
    run = factory.SubFactory(RunFactory)
    due_at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    dispatch_at = datetime(2026, 1, 1, 12, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")

    class Params:
        staff = factory.Trait(is_staff=True, is_superuser=True)
