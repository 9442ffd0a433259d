"""Look at an address before it is watched: the same polite look as a visit's, and nothing is stored."""

from dataclasses import dataclass

from django.conf import settings

from scraping.amazon.address import AddressRefused, is_asin, parse_address
from scraping.client.errors import NotNow
from scraping.errors import UnknownAddress
from scraping.models import Adapter, Product, Shop, Visit, VisitStatus
from scraping.offer import Offer, PageReading
from scraping.services.fetch_and_read import ask_for, judge_brought
from scraping.services.shops import unsaved_marketplace_shop
from scraping.services.watch_product import DEFAULT_MARKETPLACE

LATER = "later"  # beside the outcomes of a visit: not our turn, or the shop is left alone
FORBIDDEN = VisitStatus.FORBIDDEN.value
PATIENCE = 2.0  # seconds a page may wait for our turn


@dataclass(frozen=True, slots=True)
class Preview:
    """What one look at an address found; `outcome` is that of a visit, or "later"."""

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
    try:
        look = judge_brought(visit=Visit(product=product), brought=ask_for(product=product))
    except NotNow as wait:
        return Preview(shop, sku, known, LATER, wait.reason)
    return Preview(shop, sku, known, look.verdict.status.value, look.verdict.reason, look.reading)


def located(text: str) -> tuple[Shop, str]:
    """The shop (perhaps not stored yet) and the sku that an address names."""
    if demo := _at_the_demo_shop(text.strip()):
        return demo
    try:
        address = parse_address(text, default_marketplace=DEFAULT_MARKETPLACE)
    except AddressRefused as error:
        raise UnknownAddress(str(error)) from error
    return unsaved_marketplace_shop(address.marketplace), address.asin


def _at_the_demo_shop(text: str) -> tuple[Shop, str] | None:
    """An address of the simulated shop, where there is one: so that all of this can be tried without Amazon."""
    place = f"{settings.OILWATCH_DEMO_SHOP_URL}/dp/"
    shop = Shop.objects.filter(adapter=Adapter.DEMO).first() if text.startswith(place) else None
    sku = text.removeprefix(place).split("?")[0].strip("/")
    return (shop, sku) if shop and is_asin(sku) else None
