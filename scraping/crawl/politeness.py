"""Before Scrapy fetches a page: the shop's hosts, the rate limit, robots.txt, and the claim on the visit.

The same pace, breaker, robots rules and proxies as the workers', in the same Redis: a crawl beside them asks no host
oftener than the shop allows. (Scrapy's own robots middleware stays off: it goes on where robots.txt cannot be read,
which RFC 9309 takes for a refusal.)
"""

import asyncio

from django.conf import settings
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from scraping.client.errors import NotNow
from scraping.client.fetch import check_place
from scraping.client.proxies import next_proxy
from scraping.client.robots import check_robots
from scraping.client.waiting import wait_for_slot
from scraping.crawl.crawl_request import CrawlRequest
from scraping.crawl.database_executor import DatabaseExecutor
from scraping.services.page_source import PageSource
from scraping.services.visit_product import LONGEST_DEFERRAL, claim_visit


class Politeness:
    """A downloader middleware, the first of all; what it raises reaches the spider's errback."""

    async def process_request(self, request: Request) -> None:
        """Let the request through when it may go; a redirect's next hop is only checked for where it leads."""
        crawl_request: CrawlRequest = request.meta["crawl_request"]
        check_place(request.url, crawl_request.source.policy)
        if "claimed" in request.meta:
            return
        database: DatabaseExecutor = request.meta["database"]
        await self._wait_for_slot(database, crawl_request.source)
        claimed = await database.run(claim_visit, visit_id=crawl_request.visit_id)
        if claimed is None:
            raise IgnoreRequest("another worker has this visit")
        request.meta["claimed"] = claimed
        if settings.OILWATCH_OBEY_ROBOTS:
            await database.run(check_robots, request.url, crawl_request.source.policy)
        request.meta["proxy"] = None if crawl_request.source.policy.private_ok else await database.run(next_proxy)

    @staticmethod
    async def _wait_for_slot(database: DatabaseExecutor, source: PageSource) -> None:
        while True:
            try:
                return await database.run(wait_for_slot, source.host, source.seconds_between, longest_wait=0.0)
            except NotNow as wait:
                if wait.seconds > LONGEST_DEFERRAL:
                    raise
                await asyncio.sleep(wait.seconds)
