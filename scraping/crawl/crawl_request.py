"""What the crawl fetches: one visit, its page and the rules of its shop."""

from collections.abc import Iterable
from dataclasses import dataclass

from scraping.models import Visit
from scraping.services.page_source import PageSource, page_source


@dataclass(frozen=True, slots=True)
class CrawlRequest:
    """One page to fetch for a visit."""

    visit_id: int
    source: PageSource


def crawl_requests_of(visits: Iterable[Visit]) -> list[CrawlRequest]:
    """The requests for these visits (with product and shop loaded)."""
    return [CrawlRequest(visit.pk, page_source(visit.product)) for visit in visits]
