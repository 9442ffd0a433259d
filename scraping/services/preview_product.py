"""Look at an address before it is watched: the same polite look as a visit's, and nothing is stored."""

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from redis.exceptions import RedisError

from scraping.amazon.address import AddressRefused, is_asin, parse_address
from scraping.client import breaker
from scraping.client.errors import AddressForbidden, FetchFailed, NotNow
from scraping.client.robots import check_robots
from scraping.client.transport import ask
from scraping.client.waiting import wait_for_turn
from scraping.errors import UnknownAddress
from scraping.models import Adapter, Product, Shop, Visit, VisitStatus
from scraping.offer import Offer, PageReading
from scraping.services.finish_visit import Look, read_answer
from scraping.services.judge_reading import Verdict
from scraping.services.page_source import page_url, policy_of
from scraping.services.shops import unsaved_marketplace_shop
from scraping.services.watch_product import DEFAULT_MARKETPLACE, why_not_looked_at

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
    if why_not := why_not_looked_at(product):
        return Preview(shop, sku, known, FORBIDDEN, why_not)
    try:
        look = _look(product)
    except NotNow as wait:
        return Preview(shop, sku, known, LATER, wait.reason)
    return Preview(shop, sku, known, look.verdict.status.value, look.verdict.reason, look.reading)


def _look(product: Product) -> Look:
    url, policy = page_url(product), policy_of(product.shop)
    host = urlsplit(url).netloc
    try:
        wait_for_turn(host, product.shop.seconds_between_requests, patience=PATIENCE)
        if settings.OILWATCH_OBEY_ROBOTS:
            check_robots(url, policy)
        answer = ask(url, policy)
    except AddressForbidden as error:
        return Look(Verdict(VisitStatus.FORBIDDEN, str(error)))
    except FetchFailed as error:
        _report(host, "failure")
        return Look(Verdict(VisitStatus.UNREACHABLE, str(error)))
    look = read_answer(visit=Visit(product=product), answer=answer)
    _report(host, {VisitStatus.BLOCKED: "block", VisitStatus.UNREACHABLE: "failure"}.get(look.verdict.status, "ok"))
    return look


def _report(host: str, outcome: str) -> None:
    with suppress(RedisError):  # the page was read all the same
        breaker.report(host, outcome)


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
