"""Before a page is asked for: the claim, the shared turn, the breaker, the proxies, and where a redirect leads."""

import asyncio
from typing import Any

import pytest
from django.utils import timezone
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from scraping.client import circuit_breaker
from scraping.client.errors import AddressForbidden, NotNow
from scraping.crawl.crawl_request import crawl_requests_of
from scraping.crawl.database_executor import DatabaseExecutor
from scraping.crawl.politeness import Politeness
from scraping.crawl.run import scrapy_settings
from scraping.models import Visit
from scraping.services.visit_product import LONGEST_DEFERRAL, claim_visit
from tests.factories import ProductFactory, ShopFactory, VisitFactory

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "www.amazon.es"


@pytest.fixture
def visit(settings: Any) -> Visit:
    settings.OILWATCH_OBEY_ROBOTS = False
    shop = ShopFactory(name="amazon.es", adapter="amazon")
    return VisitFactory(product=ProductFactory(shop=shop, sku="B000000001"))


def let_through(visit: Visit, *, url: str | None = None, **meta: Any) -> Request:
    (crawl_request,) = crawl_requests_of([visit])
    database = DatabaseExecutor()
    request = Request(
        url or crawl_request.source.url, meta={"crawl_request": crawl_request, "database": database, **meta}
    )
    try:
        asyncio.run(Politeness().process_request(request))
    finally:
        database.close()
    return request


def test_a_visit_is_claimed_when_its_turn_has_come(visit: Visit) -> None:
    request = let_through(visit)
    visit.refresh_from_db()
    assert (visit.status, request.meta["claimed"].token) == ("running", 1)
    assert visit.lease_until is not None
    assert visit.lease_until > timezone.now()
    assert request.meta["proxy"] is None


def test_proxies_are_taken_in_turn(visit: Visit, settings: Any) -> None:
    settings.OILWATCH_PROXIES = ["http://user:word@one.example:3128", "http://two.example:3128"]
    other = VisitFactory(product=ProductFactory(shop=visit.product.shop, sku="B000000002"))
    taken = {let_through(each).meta["proxy"] for each in (visit, other)}
    assert taken == set(settings.OILWATCH_PROXIES)


def test_a_visit_that_another_worker_has_is_left_to_it(visit: Visit) -> None:
    assert claim_visit(visit_id=visit.pk)
    with pytest.raises(IgnoreRequest, match="another worker"):
        let_through(visit)


def test_a_host_that_is_left_alone_is_not_asked(visit: Visit) -> None:
    circuit_breaker.hold(HOST, LONGEST_DEFERRAL * 2)
    with pytest.raises(NotNow):
        let_through(visit)
    visit.refresh_from_db()
    assert visit.status == "queued"


def test_a_redirect_may_not_leave_the_shop(visit: Visit) -> None:
    with pytest.raises(AddressForbidden):
        let_through(visit, url="http://169.254.169.254/latest/", claimed=object())


def test_the_crawl_is_slow_bounded_and_honest(visit: Visit, settings: Any) -> None:
    chosen = scrapy_settings(crawl_requests_of([visit]))
    assert chosen["AUTOTHROTTLE_ENABLED"]
    assert chosen["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert chosen["DOWNLOAD_MAXSIZE"] == settings.OILWATCH_PAGE_BYTES
    assert chosen["DOWNLOAD_TIMEOUT"] == settings.OILWATCH_PAGE_SECONDS
    assert "oilwatch" in chosen["USER_AGENT"]
    assert chosen["AUTOTHROTTLE_MAX_DELAY"] + settings.OILWATCH_PAGE_SECONDS < settings.OILWATCH_VISIT_LEASE_SECONDS
