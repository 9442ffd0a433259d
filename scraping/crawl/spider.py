"""The spider: asks for each errand's page and hands over what came, as a worker would."""

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


class ShelfSpider(Spider):
    """One request an errand; all outcomes end in `end_visit`."""

    name = "oilwatch"

    def __init__(self, errands: Sequence[CrawlRequest] = (), **named: Any) -> None:
        """Args: the errands, in order."""
        super().__init__(**named)
        self._errands, self._desk = errands, DatabaseExecutor()

    async def start(self) -> AsyncIterator[Request]:
        """The requests; each keeps its own cookies, as a fetch does."""
        for errand in self._errands:
            yield Request(
                errand.url,
                callback=self.parse,
                errback=self.fail,
                headers={"User-Agent": errand.policy.user_agent, **errand.policy.headers},
                cookies=[{"name": name, "value": value} for name, value in errand.policy.cookies.items()],
                dont_filter=True,
                meta={
                    "errand": errand,
                    "desk": self._desk,
                    "cookiejar": errand.visit_id,
                    "download_maxsize": errand.policy.page_bytes,
                    "download_timeout": errand.policy.page_seconds,
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
        )
        await self._desk.do(report_proxy, response.meta.get("proxy"), well=True)
        await self._desk.do(end_visit, claimed=response.meta["claimed"], brought=answer)

    async def fail(self, failure: Any) -> None:
        """No page came: say why in the visit, or leave it to whoever has it."""
        request, error = failure.request, failure.value
        claimed: Claimed | None = request.meta.get("claimed")
        if isinstance(error, NotNow):
            claimed = await self._desk.do(claim_visit, visit_id=request.meta["errand"].visit_id)
            if claimed:
                await self._desk.do(put_back, claimed=claimed, wait=error)
        elif claimed:
            await self._desk.do(report_proxy, request.meta.get("proxy"), well=False)
            await self._desk.do(end_visit, claimed=claimed, brought=_why(error, request.meta["errand"]))
        else:
            log.warning("errand_left_to_others", visit=request.meta["errand"].visit_id, error=str(error))

    def closed(self, reason: str) -> None:
        """Hang up after the last page."""
        self._desk.close()


def _why(error: Exception, errand: CrawlRequest) -> FetchFailed:
    if isinstance(error, FetchFailed):
        return error
    if isinstance(error, IgnoreRequest):  # Scrapy's own words: redirections, or a bomb in the compressed body
        return FetchFailed(str(error) or "the answer was refused")
    words = next((text for kind, text in FAILURES.items() if isinstance(error, kind)), type(error).__name__)
    policy = errand.policy
    return FetchFailed(words.format(page_seconds=policy.page_seconds, mebibytes=policy.page_bytes / 1_048_576))


def _header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1") if isinstance(raw, bytes) else None
