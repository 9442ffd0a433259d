"""The portal over real HTTP, on loopback."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from forecasting.market.eu_portal import ask_eu_portal, eu_policy
from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.policy import Policy
from tests.forecasting.market.answers import answer, row


class Portal(BaseHTTPRequestHandler):
    queries: list[dict[str, list[str]]] = []
    status = 200

    def do_GET(self) -> None:
        self.queries.append(parse_qs(urlsplit(self.path).query))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(answer(row(), row(product="Virgin olive oil (up to 2%)")))

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@pytest.fixture
def portal(monkeypatch: Any) -> Iterator[str]:
    monkeypatch.setattr(Portal, "queries", [])
    server = HTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/agrifood/api/oliveOil/prices"
    server.shutdown()
    thread.join()
    server.server_close()


def policy(url: str, *, private: bool = True) -> Policy:
    place = frozenset({urlsplit(url).netloc}) if private else frozenset[str]()
    return eu_policy(url, user_agent="oilwatch", seconds=5, page_bytes=100_000, private_ok=place)


def test_it_works(portal: str) -> None:
    prices = ask_eu_portal(portal, policy(portal), first=date(2026, 3, 1), last=date(2026, 9, 30))
    assert len(prices) == 2
    assert Portal.queries == [
        {"memberStateCodes": ["ES,IT,EL,PT"], "beginDate": ["01/03/2026"], "endDate": ["30/09/2026"]}
    ]


def test_a_refusal_is_no_answer(portal: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(Portal, "status", 500)
    with pytest.raises(FetchFailed, match="500"):
        ask_eu_portal(portal, policy(portal), first=date(2026, 3, 1), last=date(2026, 9, 30))


def test_only_its_own_public_host_is_asked(portal: str) -> None:
    with pytest.raises(AddressForbidden):
        ask_eu_portal("http://example.org/x", policy(portal), first=date(2026, 3, 1), last=date(2026, 9, 30))
    with pytest.raises(FetchFailed):
        ask_eu_portal(portal, policy(portal, private=False), first=date(2026, 3, 1), last=date(2026, 9, 30))
    assert Portal.queries == []
