"""Before Scrapy asks for a page: the shop's hosts, our turn, robots.txt, and the claim on the visit.

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
from scraping.services.visit_product import LONGEST_DEFERRAL, claim_visit


class Politeness:
    """A downloader middleware, the first of all; what it raises reaches the spider's errback."""

    async def process_request(self, request: Request) -> None:
        """Let the request through when it may go; a redirect's next hop is only checked for where it leads."""
        errand: CrawlRequest = request.meta["errand"]
        check_place(request.url, errand.policy)
        if "claimed" in request.meta:
            return
        desk: DatabaseExecutor = request.meta["desk"]
        await self._wait_for_turn(desk, errand)
        claimed = await desk.do(claim_visit, visit_id=errand.visit_id)
        if claimed is None:
            raise IgnoreRequest("another worker has this visit")
        request.meta["claimed"] = claimed
        if settings.OILWATCH_OBEY_ROBOTS:
            await desk.do(check_robots, request.url, errand.policy)
        request.meta["proxy"] = None if errand.policy.private_ok else await desk.do(next_proxy)

    @staticmethod
    async def _wait_for_turn(desk: DatabaseExecutor, errand: CrawlRequest) -> None:
        while True:
            try:
                return await desk.do(wait_for_slot, errand.host, errand.seconds_between, patience=0.0)
            except NotNow as wait:
                if wait.seconds > LONGEST_DEFERRAL:
                    raise
                await asyncio.sleep(wait.seconds)
