"""The spider: fetches each page and finishes its visit, as a worker would."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import structlog
from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from scraping.client.errors import FetchFailed, NotNow
from scraping.client.fetch import Answer, retry_after
from scraping.client.proxies import report_proxy
from scraping.crawl.crawl_request import CrawlRequest
from scraping.crawl.database_executor import DatabaseExecutor
from scraping.services.visit_product import Claimed, claim_visit, end_visit, put_back

log = structlog.get_logger(__name__)
FAILURES = {
    DownloadTimeoutError: "no whole answer within {page_seconds:.0f} s",
    DownloadCancelledError: "larger than {mebibytes:.0f} MiB",
    CannotResolveHostError: "the host has no address",
    DownloadConnectionRefusedError: "the host does not answer",
    DownloadFailedError: "the connection broke",
    ResponseDataLossError: "the answer was cut short",
    UnsupportedURLSchemeError: "a redirect led away from HTTP",
}


class OilwatchSpider(Spider):
    """One Scrapy request per crawl request; all outcomes end in `end_visit`."""

    name = "oilwatch"

    def __init__(self, crawl_requests: Sequence[CrawlRequest] = (), **named: Any) -> None:
        """Args: the crawl requests, in order."""
        super().__init__(**named)
        self._errands, self._database = crawl_requests, DatabaseExecutor()

    async def start(self) -> AsyncIterator[Request]:
        """The requests; each keeps its own cookies, as a fetch does."""
        for crawl_request in self._errands:
            yield Request(
                crawl_request.source.url,
                callback=self.parse,
                errback=self.fail,
                headers={"User-Agent": crawl_request.source.policy.user_agent, **crawl_request.source.policy.headers},
                cookies=[{"name": name, "value": value} for name, value in crawl_request.source.policy.cookies.items()],
                dont_filter=True,
                meta={
                    "crawl_request": crawl_request,
                    "database": self._database,
                    "cookiejar": crawl_request.visit_id,
                    "download_maxsize": crawl_request.source.policy.page_bytes,
                    "download_timeout": crawl_request.source.policy.page_seconds,
                },
            )

    async def parse(self, response: Response, **_named: Any) -> None:
        """A page came, whatever it is."""
        status = response.status
        answer = Answer(
            url=response.url,
            status=status,
            body=response.body,
            content_type=_header(response, "Content-Type") or "",
            seconds=float(response.meta.get("download_latency") or 0.0),
            retry_after=retry_after(status, _header(response, "Retry-After")),
            place_note=response.meta["crawl_request"].source.place_note,
        )
        await self._database.run(report_proxy, response.meta.get("proxy"), well=True)
        await self._database.run(end_visit, claimed=response.meta["claimed"], response=answer)

    async def fail(self, failure: Any) -> None:
        """No page came: say why in the visit, or leave it to whoever has it."""
        request, error = failure.request, failure.value
        claimed: Claimed | None = request.meta.get("claimed")
        if isinstance(error, NotNow):
            claimed = claimed or await self._database.run(claim_visit, visit_id=request.meta["crawl_request"].visit_id)
            if claimed:
                await self._database.run(put_back, claimed=claimed, wait=error)
        elif claimed:
            await self._database.run(report_proxy, request.meta.get("proxy"), well=False)
            await self._database.run(end_visit, claimed=claimed, response=_why(error, request.meta["crawl_request"]))
        else:
            log.warning("visit_left_to_others", visit=request.meta["crawl_request"].visit_id, error=str(error))

    def closed(self, reason: str) -> None:
        """Hang up after the last page."""
        self._database.close()


def _why(error: Exception, crawl_request: CrawlRequest) -> FetchFailed:
    if isinstance(error, FetchFailed):
        return error
    if isinstance(error, IgnoreRequest):  # Scrapy's own words: redirections, or a bomb in the compressed body
        return FetchFailed(str(error) or "the answer was refused")
    words = next((text for kind, text in FAILURES.items() if isinstance(error, kind)), type(error).__name__)
    policy = crawl_request.source.policy
    return FetchFailed(words.format(page_seconds=policy.page_seconds, mebibytes=policy.page_bytes / 1_048_576))


def _header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1") if isinstance(raw, bytes) else None
