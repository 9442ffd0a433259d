"""Add a product by its address: first a preview, fetched like a visit, of which nothing is stored."""

from dataclasses import dataclass

from django.db import transaction

from scraping.client.errors import NotNow
from scraping.models import Product, Shop, Source, VisitStatus
from scraping.offer import Offer, PageReading
from scraping.services.fetch_page import fetch_page
from scraping.services.order_visits import order_scrape
from scraping.services.page_source import page_source
from scraping.services.read_and_judge import read_and_judge
from scraping.services.report_to_circuit import report_to_circuit
from scraping.services.watch_product import located, watch_address

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
    seconds: float = 0.0  # where it must wait: how long

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
        return Preview(shop, sku, known, LATER, wait.reason, seconds=wait.seconds)
    result = read_and_judge(product=product, response=response)
    report_to_circuit(host=source.host, result=result)
    return Preview(shop, sku, known, result.assessment.status.value, result.assessment.reason, result.reading)


@transaction.atomic
def add_product(*, text: str, requested_by: str) -> Product:
    """Watch the product and order a visit; UnknownAddress says what is wrong with the address."""
    product = watch_address(text=text)
    order_scrape(products=[product], source=Source.ADMIN, requested_by=requested_by)
    return product
