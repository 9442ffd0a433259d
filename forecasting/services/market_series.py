"""Say which imported series tell the market."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from forecasting.models import MarketRole, MarketSeries
from scraping.models import Adapter, Product


class NoSuchSeries(Exception):
    """No imported series has that name."""


@transaction.atomic
def add_market_series(*, named: str, role: MarketRole) -> list[MarketSeries]:
    """Give every imported series of this origin ("infaoliva"), or the one of this name, a role; again is the same."""
    products = Product.objects.filter(Q(sku=named) | Q(shop__name=named), shop__adapter=Adapter.IMPORT)
    if not products:
        known = Product.objects.filter(shop__adapter=Adapter.IMPORT).order_by().values_list("shop__name", flat=True)
        origins = ", ".join(sorted(set(known))[:20]) or "none; import a file first (import_prices FILE)"
        raise NoSuchSeries(f"No imported series or origin is called {named!r}. Origins: {origins}.")
    return mark_products(products=products, role=role)


@transaction.atomic
def mark_products(*, products: Iterable[Product], role: MarketRole) -> list[MarketSeries]:
    """Give these products a role; one that has another gets this one."""
    return [
        MarketSeries.objects.update_or_create(product=product, defaults={"name": product.sku, "role": role})[0]
        for product in products
    ]


def remove_market_series(*, named: str) -> int:
    """Take the role from an origin's series, or from the one of this name; the prices stay."""
    series = MarketSeries.objects.filter(Q(name=named) | Q(product__shop__name=named))
    return series.delete()[0]
