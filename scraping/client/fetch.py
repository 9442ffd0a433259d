"""Fetch one page within its budgets of time, size and redirects."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests

from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.policy import Policy
from scraping.client.session import guarded_session

MAX_REDIRECTS = 3
CONNECT_SECONDS = 5.0
PIECE = 65_536
ASKS_TO_WAIT = frozenset({429, 503})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    url: str
    status: int
    body: bytes
    content_type: str
    seconds: float
    retry_after: float | None = None  # seconds the shop asks to be left alone
    place_note: str = ""  # why the shop's dialogue did not set the place, if it did not


def fetch(url: str, policy: Policy) -> Answer:
    """Ask for a page; FetchFailed says why none came, AddressForbidden that it may not be asked for."""
    begun = time.monotonic()
    with guarded_session(policy) as session:
        response = _follow(session, url, policy)
        body = read_body(response, policy)
    return Answer(
        url=response.url,
        status=response.status_code,
        body=body,
        content_type=response.headers.get("Content-Type", ""),
        seconds=time.monotonic() - begun,
        retry_after=retry_after(response.status_code, response.headers.get("Retry-After")),
    )


def redirect_of(url: str, policy: Policy) -> str | None:
    """Where an address of the policy's hosts leads, absolute; None where it answers anything but a redirect."""
    check_place(url, policy)
    with guarded_session(policy) as session:
        response = session.get(url, stream=True, allow_redirects=False, timeout=(CONNECT_SECONDS, policy.page_seconds))
        response.close()
    location = response.headers.get("Location")
    return urljoin(url, location) if response.status_code in REDIRECTS and location else None


def retry_after(status: int, header: str | None) -> float | None:
    """The seconds a 429 or 503 asks us to wait ("120", or a date); None where it asks for nothing readable."""
    if status not in ASKS_TO_WAIT or not header:
        return None
    if header.isascii() and header.strip().isdigit():
        return float(header.strip())  # as `isdigit` saw it: float keeps some of what strip removes
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment.tzinfo else None


def _follow(session: requests.Session, url: str, policy: Policy) -> requests.Response:
    for _ in range(MAX_REDIRECTS + 1):
        check_place(url, policy)
        response = session.get(url, stream=True, allow_redirects=False, timeout=(CONNECT_SECONDS, policy.page_seconds))
        if response.status_code not in REDIRECTS or "Location" not in response.headers:
            return response
        response.close()
        url = urljoin(url, response.headers["Location"])
    raise FetchFailed(f"more than {MAX_REDIRECTS} redirects")


def check_place(url: str, policy: Policy) -> None:
    """AddressForbidden unless the address is one of the shop the policy was made for."""
    parts = urlsplit(url)
    place = parts.netloc.lower()
    if parts.scheme not in {"http", "https"} or "@" in place or place not in policy.hosts:
        raise AddressForbidden(f"{parts.scheme}://{place} is not an address of this shop")


def read_body(response: requests.Response, policy: Policy) -> bytes:
    """The body, decompressed, refused as soon as it exceeds its budget (a small gzip can hold gigabytes)."""
    pieces, size = [], 0
    while piece := response.raw.read1(PIECE, decode_content=True):
        size += len(piece)
        if size > policy.page_bytes:
            response.close()
            raise FetchFailed(f"larger than {policy.page_bytes / 1_048_576:.0f} MiB")
        pieces.append(piece)
    return b"".join(pieces)
