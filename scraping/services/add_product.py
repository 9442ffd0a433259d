"""Watch what an address names, and look at it now."""

from django.db import transaction

from scraping.models import Adapter, Product, Source
from scraping.services.order_visits import order_scrape
from scraping.services.preview_product import located
from scraping.services.watch_product import watch_address


@transaction.atomic
def add_product(*, text: str, requested_by: str) -> Product:
    """Watch the product and order a visit; UnknownAddress says what is wrong with the address."""
    shop, sku = located(text)
    if shop.adapter == Adapter.DEMO:
        product, _ = Product.objects.update_or_create(shop=shop, sku=sku, defaults={"watched": True, "proposal": ""})
    else:
        product = watch_address(text=text)
    order_scrape(products=[product], source=Source.ADMIN, requested_by=requested_by)
    return product
