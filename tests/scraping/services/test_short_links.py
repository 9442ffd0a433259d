"""Links of Amazon's app: one question to the link's own host, and only a product at Amazon counts as the answer."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from scraping.amazon.address import short_link
from scraping.client.policy import Policy
from scraping.errors import UnknownAddress
from scraping.models import Product
from scraping.services import short_links
from scraping.services.watch_product import watch_address

TARGETS = {
    "/d/product": "https://www.amazon.es/dp/B0OLIVA001?ref=cm_sw_r&th=1",
    "/d/home": "https://www.amazon.es/",
    "/d/elsewhere": "https://www.example.com/dp/B0OLIVA001",
    "/d/private": "http://169.254.169.254/latest/meta-data/",
    "/d/chain": "https://amzn.eu/d/product",
}


class Shortener(BaseHTTPRequestHandler):
    """Answers as Amazon's shortener does, and counts."""

    requests: list[str]

    def do_GET(self) -> None:
        """Redirect what is known."""
        self.requests.append(self.path)
        target = TARGETS.get(self.path)
        self.send_response(301 if target else 404)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The shortener on loopback in place of amzn.eu: what it was asked."""
    handler = type("Counting", (Shortener,), {"requests": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        place = f"127.0.0.1:{server.server_address[1]}"
        here = Policy(user_agent="test", hosts=frozenset({place}), private_ok=frozenset({place}), page_seconds=5)
        real = short_links.redirect_of

        def at_the_shortener(url: str, policy: Policy) -> Any:
            assert policy.hosts == {"amzn.eu"}
            return real(url.replace("https://amzn.eu", f"http://{place}"), here)

        monkeypatch.setattr(short_links, "redirect_of", at_the_shortener)
        monkeypatch.setattr(short_links, "PACE", 0.01)
        yield handler.requests
        server.shutdown()


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://amzn.eu/d/0aBcDeF", "https://amzn.eu/d/0aBcDeF"),
        ("amzn.to/3xYz-12", "https://amzn.to/3xYz-12"),
        (" http://a.co/d/abc?ref=x ", "https://a.co/d/abc"),
        ("https://www.amzn.eu/d/abc", "https://amzn.eu/d/abc"),
        ("https://amzn.eu", None),
        ("https://amzn.eu:8443/d/abc", None),
        ("https://me@amzn.eu/d/abc", None),
        ("https://amzn.eu.example.com/d/abc", None),
        ("https://www.amazon.es/dp/B0OLIVA001", None),
        ("B0OLIVA001", None),
    ],
)
def test_which_links_are_short(text: str, url: str | None) -> None:
    link = short_link(text)
    assert (link.url if link else None) == url


@pytest.mark.django_db
def test_a_link_of_the_app_is_watched(requests: list[str]) -> None:
    product = watch_address(text="https://amzn.eu/d/product")
    assert (product.shop.name, product.sku, product.watched) == ("amazon.es", "B0OLIVA001", True)
    assert requests == ["/d/product"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/d/home", "leads to no product"),
        ("/d/elsewhere", "leads to no product at Amazon"),
        ("/d/private", "leads to no product"),
        ("/d/chain", "leads to no product"),
        ("/d/unknown", "no longer knows this link"),
    ],
)
def test_a_link_that_leads_elsewhere_is_refused_after_one_question(requests: list[str], path: str, says: str) -> None:
    with pytest.raises(UnknownAddress, match=says):
        watch_address(text=f"https://amzn.eu{path}")
    assert requests == [path]
    assert not Product.objects.exists()


def test_a_shortener_at_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_named: [(2, 1, 6, "", ("10.0.0.7", 443))])
    monkeypatch.setattr(short_links, "PACE", 0.01)
    with pytest.raises(UnknownAddress, match="This link is not followed"):
        short_links.follow_short_link("https://amzn.eu/d/product")
