"""What the crawl is sent for: one visit, its page and the rules of its shop."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from scraping.client.fetch import Policy
from scraping.models import Visit
from scraping.services.page_source import page_url, policy_of


@dataclass(frozen=True, slots=True)
class CrawlRequest:
    """One look to make."""

    visit_id: int
    url: str
    policy: Policy
    seconds_between: float

    @property
    def host(self) -> str:
        """Whose turn-taking and breaker count."""
        return urlsplit(self.url).netloc


def crawl_requests_of(visits: Iterable[Visit]) -> list[CrawlRequest]:
    """The errands of these visits (with product and shop at hand)."""
    return [
        CrawlRequest(
            visit.pk,
            page_url(visit.product),
            policy_of(visit.product.shop),
            visit.product.shop.seconds_between_requests,
        )
        for visit in visits
    ]
