"""Where a product is sold: the address a person opens to buy it."""

from contextlib import suppress

from django.conf import settings

from scraping.amazon.address import product_url
from scraping.amazon.address_faults import AddressRefused
from scraping.models import Adapter


def shop_page(*, adapter: str, shop: str, sku: str) -> str:
    """The address of the product's page in its shop; empty for imported prices and what is no ASIN of a known shop."""
    if adapter == Adapter.AMAZON:
        with suppress(AddressRefused):
            return product_url(sku, shop.removeprefix("amazon."))
    if adapter == Adapter.DEMO:
        return f"{settings.OILWATCH_DEMO_SHOP_URL}/dp/{sku}"
    return ""
