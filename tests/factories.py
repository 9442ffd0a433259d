"""Valid rows in one line; traits for variants."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeVar, cast

import factory
import factory.django
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from scraping.models import Adapter, PriceSpell, Product, ScrapeRun, Shop, Visit

Row = TypeVar("Row")


class Factory(Protocol[Row]):
    """What factory-boy's metaclass makes of a factory: called, it gives a row. It ships no types for that."""

    def __call__(self, **values: Any) -> Row: ...

    def build(self, **values: Any) -> Row: ...

    def create_batch(self, size: int, **values: Any) -> list[Row]: ...


class _ShopFactory(factory.django.DjangoModelFactory):
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


class _ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product

    shop = factory.SubFactory(_ShopFactory)
    sku = factory.Sequence(lambda n: f"B0TEST{n:04d}")
    title = factory.Sequence(lambda n: f"Aceite de oliva virgen extra número {n}, garrafa 5 L")
    grade = "extra_virgin"
    litres = Decimal(5)


class _SpellFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PriceSpell

    product = factory.SubFactory(_ProductFactory)
    state = "in_stock"
    price = Decimal("39.95")
    litres = factory.SelfAttribute("product.litres")
    first_seen = datetime(2026, 1, 1, 12, tzinfo=UTC)
    last_seen = factory.SelfAttribute("first_seen")


class _RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScrapeRun

    source = "command"


class _VisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Visit

    product = factory.SubFactory(_ProductFactory)
    run = factory.SubFactory(_RunFactory)
    due_at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    dispatch_at = datetime(2026, 1, 1, 12, tzinfo=UTC)


class _UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")

    class Params:
        staff = factory.Trait(is_staff=True, is_superuser=True)


ShopFactory = cast("Factory[Shop]", _ShopFactory)
ProductFactory = cast("Factory[Product]", _ProductFactory)
SpellFactory = cast("Factory[PriceSpell]", _SpellFactory)
RunFactory = cast("Factory[ScrapeRun]", _RunFactory)
VisitFactory = cast("Factory[Visit]", _VisitFactory)
UserFactory = cast("Factory[User]", _UserFactory)
