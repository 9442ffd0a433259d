"""Run a crawl in this process: Scrapy's settings, from the operator's."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from scrapy.crawler import CrawlerProcess

from scraping.client.fetch import MAX_REDIRECTS
from scraping.crawl.crawl_request import CrawlRequest
from scraping.crawl.guarded_resolver import ALLOWED_PRIVATE
from scraping.crawl.spider import OilwatchSpider

SLOWEST = 4  # of a lease: a claimed visit waits no longer than a quarter of it for AutoThrottle


def crawl(crawl_requests: Sequence[CrawlRequest]) -> None:
    """Make these visits; returns when all have ended. Once a process: Twisted's reactor does not start twice."""
    process = CrawlerProcess(scrapy_settings(crawl_requests), install_root_handler=False)
    logging.getLogger("scrapy").setLevel(logging.WARNING)  # it sets its own level above the operator's
    process.crawl(OilwatchSpider, crawl_requests=crawl_requests)
    process.start()


def scrapy_settings(crawl_requests: Sequence[CrawlRequest]) -> dict[str, Any]:
    """Low pace, bounded pages, no retries of its own (the visit's row decides), no traffic but the crawl's own."""
    sources = [request.source for request in crawl_requests]
    private = {place.rsplit(":", 1)[0] for source in sources for place in source.policy.private_ok}
    return {
        "USER_AGENT": settings.OILWATCH_USER_AGENT,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "AUTOTHROTTLE_START_DELAY": min((source.seconds_between for source in sources), default=0.0),
        "AUTOTHROTTLE_MAX_DELAY": settings.OILWATCH_VISIT_LEASE_SECONDS / SLOWEST,
        "DOWNLOAD_DELAY": 0.0,  # the least: the turn in Redis, shared with the workers, is the floor
        "CONCURRENT_REQUESTS": max(1, len({source.host for source in sources})),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_MAXSIZE": settings.OILWATCH_PAGE_BYTES,
        "DOWNLOAD_TIMEOUT": settings.OILWATCH_PAGE_SECONDS,
        "REDIRECT_MAX_TIMES": MAX_REDIRECTS,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,  # robots.txt is obeyed in `politeness`, by the rule and the memory of the workers
        "HTTPERROR_ALLOW_ALL": True,  # what kind of page it is, its content says
        "DEFAULT_REQUEST_HEADERS": {},
        "REFERER_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": {"scraping.crawl.politeness.Politeness": 50},
        "TWISTED_DNS_RESOLVER": "scraping.crawl.guarded_resolver.GuardedResolver",
        ALLOWED_PRIVATE: sorted(private | {urlsplit(proxy).hostname or "" for proxy in settings.OILWATCH_PROXIES}),
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
    }
