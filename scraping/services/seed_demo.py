"""Fill the platform from the demo shop, and take the demo away again."""

import time

import structlog
from django.conf import settings
from django.db import transaction

from scraping.client.errors import FetchFailed
from scraping.client.fetch import Answer, fetch
from scraping.models import Adapter, Product, SavedSearch, ScrapeRun, Shop, Source
from scraping.services.discover import discover
from scraping.services.import_prices import ImportReport, import_tidy
from scraping.services.order_visits import order_scrape
from scraping.services.page_source import policy_of
from scraping.services.shops import demo_shop
from scraping.signals import removing_simulated
from scraping.tidy_csv import read_tidy_text

log = structlog.get_logger(__name__)
WORDS = "aceite"
MOST_PAGES = 20
HISTORY_MONTHS = 18
LONGEST_WAIT = 20.0  # seconds for the shop to open


@transaction.atomic
def seed_demo() -> ScrapeRun:
    """Discover the demo shop's products by its search pages, import their history, order a first visit at each.

    All of it over HTTP, as with any shop; FetchFailed if the demo shop does not answer.
    """
    shop = demo_shop()
    _open(shop)
    products = _discover(shop)
    report = _history(shop)
    log.info("demo_seeded", products=len(products), spells=report.spells_written)
    return order_scrape(products=products, source=Source.COMMAND, requested_by="first start")


@transaction.atomic
def remove_demo() -> int:
    """Remove all simulated data with the demo shop it came from; returns how many products that were."""
    removed = Product.objects.filter(shop__adapter=Adapter.DEMO).count()
    removing_simulated.send(sender=Shop)
    Product.objects.filter(shop__adapter=Adapter.DEMO).update(latest_spell=None)
    Shop.objects.filter(adapter=Adapter.DEMO).delete()
    return removed


def _discover(shop: Shop) -> list[Product]:
    """What the shop's own search shows, by the saved search that goes on finding what is new."""
    search, _ = SavedSearch.objects.get_or_create(shop=shop, words=WORDS, defaults={"pages": MOST_PAGES})
    result = discover(search_id=search.pk)
    if not result.seen:
        raise FetchFailed(f"its search shows nothing: {result.outcome}")
    return list(shop.products.all())


def _history(shop: Shop) -> ImportReport:
    answer = _ask(shop, f"/history.csv?months={HISTORY_MONTHS}")
    tidy = read_tidy_text(answer.body.decode().splitlines(), name="the demo shop's history")
    return import_tidy(tidy=tidy, into=shop)


def _ask(shop: Shop, path: str) -> Answer:
    return fetch(f"{settings.OILWATCH_DEMO_SHOP_URL}{path}", policy_of(shop))


def _open(shop: Shop) -> None:
    """Wait for the demo shop to open: it starts together with us."""
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            _ask(shop, "/robots.txt")
        except FetchFailed:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
