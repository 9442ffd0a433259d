"""One JSON exchange with a source, within the same budgets and guards as a page; errors never show a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests
import urllib3

from scraping.client.address_guard import guarded_adapter
from scraping.client.deadline import deadline
from scraping.client.errors import FetchFailed
from scraping.sources.base import SourceFailed

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 60.0
MOST_BYTES = 256 * 1024**2  # a hundred products with ten years of history
PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class JsonAnswer:
    """What came back; `data` is empty where the body was no JSON object."""

    status: int
    data: dict[str, Any]


def exchange(
    url: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonAnswer:
    """GET, or POST where there is a body, without redirects; SourceFailed says why no answer came."""
    place = urlsplit(url).netloc
    with requests.Session() as session, deadline(WHOLE_SECONDS) as expired:
        session.trust_env = False
        for scheme in ("http://", "https://"):  # the operator named this host in the settings, a private one too
            session.mount(scheme, guarded_adapter(private_ok=frozenset({place})))
        try:
            response = session.request(
                "GET" if body is None else "POST",
                url,
                params=query,
                json=body,
                headers=dict(headers or {}),
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_SECONDS, WHOLE_SECONDS),
            )
            raw = _read(response, place)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, FetchFailed) as error:
            why = f"no whole answer within {WHOLE_SECONDS:.0f} s" if expired.is_set() else type(error).__name__
            raise SourceFailed(f"{place} did not answer: {why}") from None  # the error's own text holds the query
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError:
        data = None
    return JsonAnswer(response.status_code, data if isinstance(data, dict) else {})


def _read(response: requests.Response, place: str) -> bytes:
    pieces, size = [], 0
    while piece := response.raw.read1(PIECE, decode_content=True):
        size += len(piece)
        if size > MOST_BYTES:
            response.close()
            raise SourceFailed(f"{place} answered with more than {MOST_BYTES // 1024**2} MiB")
        pieces.append(piece)
    return b"".join(pieces)
