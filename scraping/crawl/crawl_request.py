"""What the crawl fetches: one visit, its page and the rules of its shop."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scraping.client.errors import NotNow
from scraping.client.waiting import wait_for_slot
from scraping.models import Visit
from scraping.services.delivery_place import with_delivery_place
from scraping.services.page_source import PageSource, page_source

LONGEST_WAIT = 10.0  # seconds for a turn before the first page


@dataclass(frozen=True, slots=True)
class CrawlRequest:
    """One page to fetch for a visit."""

    visit_id: int
    source: PageSource


def crawl_requests_of(visits: Iterable[Visit]) -> list[CrawlRequest]:
    """The requests for these visits (with product and shop loaded)."""
    return [CrawlRequest(visit.pk, _source(visit)) for visit in visits]


def _source(visit: Visit) -> PageSource:
    """Its page with the cookies of the shop's place; where these must wait, the page says which place it is for."""
    source = page_source(visit.product)
    try:
        return with_delivery_place(
            source=source,
            shop=visit.product.shop,
            before=lambda: wait_for_slot(source.host, source.seconds_between, longest_wait=LONGEST_WAIT),
        )
    except NotNow as wait:
        return replace(source, place_note=f"the shop's place was not set: {wait.reason}")
