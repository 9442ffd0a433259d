"""Add a product by its address: first a preview, fetched like a visit, of which nothing is stored."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from scraping.amazon.address import AddressRefused, is_asin, parse_address
from scraping.client.errors import NotNow
from scraping.errors import UnknownAddress
from scraping.models import Adapter, Product, Shop, Source, VisitStatus
from scraping.offer import Offer, PageReading
from scraping.services.fetch_page import fetch_page
from scraping.services.order_visits import order_scrape
from scraping.services.page_source import page_source
from scraping.services.read_and_judge import read_and_judge
from scraping.services.report_to_circuit import report_to_circuit
from scraping.services.shops import unsaved_marketplace_shop
from scraping.services.short_links import follow_short_link
from scraping.services.watch_product import DEFAULT_MARKETPLACE, watch_address

LATER = "later"  # beside the outcomes of a visit: not our turn, or the shop is left alone
FORBIDDEN = VisitStatus.FORBIDDEN.value


@dataclass(frozen=True, slots=True)
class Preview:
    """The product an address shows; `outcome` is that of a visit, or "later"."""

    shop: Shop
    sku: str
    known: Product | None
    outcome: str
    reason: str = ""
    reading: PageReading | None = None

    @property
    def offer(self) -> Offer | None:
        """The offer read, if there was one."""
        return self.reading.offer if self.reading else None


def preview_product(*, text: str) -> Preview:
    """Ask for the page an address names, within pace, robots and budgets; UnknownAddress says what is wrong.

    The breaker learns from the answer as from any visit's. No row is written, not even the shop's.
    """
    shop, sku = located(text)
    known = Product.objects.filter(shop=shop, sku=sku).first() if shop.pk else None
    product = Product(shop=shop, sku=sku, watched=True)
    source = page_source(product)
    try:
        response = fetch_page(product=product, source=source)
    except NotNow as wait:
        return Preview(shop, sku, known, LATER, wait.reason)
    result = read_and_judge(product=product, response=response)
    report_to_circuit(host=source.host, result=result)
    return Preview(shop, sku, known, result.assessment.status.value, result.assessment.reason, result.reading)


def located(text: str, *, follow: bool = True) -> tuple[Shop, str]:
    """The shop (perhaps not stored yet) and the sku that an address names; only to follow a short link asks anybody."""
    if demo := _at_the_demo_shop(text.strip()):
        return demo
    try:
        address = parse_address(follow_short_link(text) if follow else text, default_marketplace=DEFAULT_MARKETPLACE)
    except AddressRefused as error:
        raise UnknownAddress(str(error)) from error
    return unsaved_marketplace_shop(address.marketplace), address.asin


def _at_the_demo_shop(text: str) -> tuple[Shop, str] | None:
    """An address of the simulated shop, where there is one: so that all of this can be tried without Amazon."""
    place = f"{settings.OILWATCH_DEMO_SHOP_URL}/dp/"
    shop = Shop.objects.filter(adapter=Adapter.DEMO).first() if text.startswith(place) else None
    sku = text.removeprefix(place).split("?")[0].strip("/")
    return (shop, sku) if shop and is_asin(sku) else None


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
