"""How far this server is on its way to the first real price."""

from dataclasses import dataclass

from scraping.models import Adapter, PriceSpell, Product


@dataclass(frozen=True, slots=True)
class RealProducts:
    """The real products that are watched, and whether any has a price."""

    watched: int
    priced: bool


def real_products() -> RealProducts:
    """Count products of Amazon's own shops; simulated and imported ones are not meant: two queries."""
    watched = Product.objects.filter(shop__adapter=Adapter.AMAZON, watched=True).count()
    prices = PriceSpell.objects.filter(product__shop__adapter=Adapter.AMAZON, price__isnull=False)
    return RealProducts(watched, prices.exists())
