"""Find new products by saved searches; they wait for the operator's yes unless the shop takes them at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from scraping.amazon.address import search_url
from scraping.amazon.search import read_search
from scraping.client import circuit_breaker
from scraping.client.errors import FetchFailed, NotNow
from scraping.client.robots import check_robots
from scraping.client.transport import ask
from scraping.client.waiting import wait_for_slot
from scraping.grade import Grade, read_grade
from scraping.jobs.dispatch import enqueue_on_commit
from scraping.models import Adapter, Product, Proposal, SavedSearch, Shop
from scraping.offer import PageKind, SearchReading, SearchTile
from scraping.services.page_source import marketplace_of, policy_of
from scraping.volume import read_volume

SWITCHED_OFF = "not searched: reading Amazon is switched off (OILWATCH_SCRAPE_AMAZON)"
log = structlog.get_logger(__name__)
DISCOVER_TASK = "scraping.tasks.discover"
TRY_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found."""

    new: int
    seen: int
    outcome: str


@transaction.atomic
def order_searches(*, now: datetime) -> int:
    """Enqueue each search whose time has come; the conditional update lets two beats ring once."""
    due = SavedSearch.objects.filter(active=True, shop__enabled=True, next_at__lte=now)
    taken = [
        search.pk
        for search in due
        if SavedSearch.objects.filter(pk=search.pk, next_at=search.next_at).update(next_at=now + search.every)
    ]
    enqueue_on_commit(DISCOVER_TASK, taken)
    return len(taken)


def discover(*, search_id: int) -> SearchResult:
    """Run one search: read its pages politely, add what is new as proposals (or watched, where the shop says so)."""
    search = SavedSearch.objects.select_related("shop").get(pk=search_id)
    if search.shop.is_amazon_switched_off:
        return _note(search, SearchResult(0, 0, SWITCHED_OFF))
    new = seen = 0
    try:
        for page in range(1, search.pages + 1):
            reading = read_results(search.shop, search.words, page)
            if reading.kind != PageKind.SEARCH:
                return _note(
                    search, SearchResult(new, seen, f"page {page}: {reading.kind.value}, {reading.reason}"), retry=True
                )
            made = [propose(shop=search.shop, tile=tile) for tile in reading.tiles]
            new, seen = new + sum(made), seen + len(made)
            if not reading.next_url:
                break
    except (FetchFailed, NotNow, RedisError) as error:
        return _note(search, SearchResult(new, seen, f"stopped: {error}"), retry=True)
    return _note(search, SearchResult(new, seen, f"{new} new of {seen} products"))


def propose(*, shop: Shop, tile: SearchTile) -> bool:
    """Add a tile's product if the shop did not have it and it is an oil; returns whether it is new."""
    grade = read_grade(tile.title)
    if grade is Grade.OTHER:
        return False
    volume = read_volume(tile.title, unit_price=tile.unit_price, price=tile.price)
    at_once = shop.accepts_discoveries
    _, made = Product.objects.get_or_create(
        shop=shop,
        sku=tile.asin,
        defaults={
            "title": tile.title[:512],
            "grade": grade.value,
            "litres": volume.litres if volume else None,
            "pack": max(1, volume.pack) if volume else 1,
            "watched": at_once,
            "proposal": Proposal.ACCEPTED if at_once else Proposal.WAITING,
        },
    )
    return made


def search_address(shop: Shop, text: str, page: int) -> str:
    """The address of one page of results."""
    address = search_url(text, marketplace_of(shop), page)
    if shop.adapter != Adapter.DEMO:
        return address
    parts = urlsplit(address)
    return f"{settings.OILWATCH_DEMO_SHOP_URL}{parts.path}?{parts.query}"


def read_results(shop: Shop, words: str, page: int) -> SearchReading:
    """Ask for one page of results, within pace and robots; NotNow if it must wait, FetchFailed where none came."""
    url = search_address(shop, words, page)
    host, policy = urlsplit(url).netloc, policy_of(shop)
    wait_for_slot(host, shop.seconds_between_requests, longest_wait=shop.seconds_between_requests * 2)
    if settings.OILWATCH_OBEY_ROBOTS:
        check_robots(url, policy)
    answer = ask(url, policy)
    reading = read_search(answer.body, marketplace=marketplace_of(shop))
    circuit_breaker.report(host, "block" if reading.kind == PageKind.BLOCKED else "ok")
    return reading


def _note(search: SavedSearch, result: SearchResult, *, retry: bool = False) -> SearchResult:
    now = timezone.now()
    fields = {"last_run_at": now, "last_outcome": result.outcome[:255]}
    if retry:
        fields["next_at"] = now + min(TRY_AGAIN, search.every)
    SavedSearch.objects.filter(pk=search.pk).update(**fields)
    log.info("searched", search=search.pk, outcome=result.outcome)
    return result
