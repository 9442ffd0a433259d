"""Pictures are fetched from the shop's own hosts, within robots.txt, once, and served small by us."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from PIL import Image

from scraping.client.fetch import Answer
from scraping.client.policy import Policy
from scraping.models import Adapter, Product, ProductPicture
from scraping.services import pictures
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOST = "https://m.media-amazon.com"


def jpeg() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (900, 600), (90, 120, 30)).save(made, "JPEG")
    return made.getvalue()


class Shelf(BaseHTTPRequestHandler):
    """A host of pictures that keeps one path from robots, and counts."""

    requests: list[str]

    def do_GET(self) -> None:
        self.requests.append(self.path)
        known = {
            "/robots.txt": b"User-agent: *\nDisallow: /secret/",
            "/images/oil.jpg": jpeg(),
            "/images/page.jpg": b"<html>",
        }
        body = known.get(self.path, b"")
        self.send_response(302 if self.path == "/images/away.jpg" else 200 if body else 404)
        if self.path == "/images/away.jpg":
            self.send_header("Location", "https://www.example.com/oil.jpg")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The host on loopback in place of Amazon's: what it was asked."""
    handler = type("Counting", (Shelf,), {"requests": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        place = f"127.0.0.1:{server.server_address[1]}"
        here = Policy(user_agent="test", hosts=frozenset({place}), private_ok=frozenset({place}), page_seconds=5)
        fetch, check_robots = pictures.fetch, pictures.check_robots

        def moved(url: str, policy: Policy) -> str:
            assert policy.hosts == pictures.HOSTS
            return url.replace(HOST, f"http://{place}")

        def fetched(url: str, policy: Policy) -> Answer:
            return fetch(moved(url, policy), here)

        def checked(url: str, policy: Policy) -> float | None:
            return check_robots(moved(url, policy), here)

        monkeypatch.setattr(pictures, "fetch", fetched)
        monkeypatch.setattr(pictures, "check_robots", checked)
        monkeypatch.setattr(pictures, "SECONDS_BETWEEN", 0.01)
        yield handler.requests
        server.shutdown()


@pytest.fixture
def shop(settings):
    settings.OILWATCH_SCRAPE_AMAZON = True
    settings.OILWATCH_OBEY_ROBOTS = True
    return ShopFactory(name="amazon.es", adapter=Adapter.AMAZON)


def product_with(shop, path: str) -> Product:
    return ProductFactory(shop=shop, image_url=f"{HOST}{path}")


def test_a_picture_is_fetched_once_and_served_with_an_etag(shop, requests: list[str], client: Client) -> None:
    product = product_with(shop, "/images/oil.jpg")
    assert pictures.fetch_pictures(now=NOW) == 1
    assert pictures.fetch_pictures(now=NOW + timedelta(days=30)) == 0
    assert requests == ["/robots.txt", "/images/oil.jpg"]
    page = f"/products/{product.pk}/picture.webp"
    answer = client.get(page, headers={"host": "localhost"})
    assert answer["Content-Type"] == "image/webp"
    assert "public" in answer["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).size == (320, 213)
    again = client.get(page, headers={"host": "localhost", "if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    kept = ProductPicture.objects.get()
    assert (
        f'src="{page}?{kept.content_hash[:12]}"'
        in client.get(f"/products/{product.pk}/", headers={"host": "localhost"}).content.decode()
    )


def test_another_address_is_another_picture(shop, requests: list[str]) -> None:
    product = product_with(shop, "/images/oil.jpg")
    pictures.fetch_pictures(now=NOW)
    Product.objects.filter(pk=product.pk).update(image_url=f"{HOST}/images/gone.jpg")
    assert pictures.fetch_pictures(now=NOW) == 0
    kept = ProductPicture.objects.get()
    assert (bytes(kept.content), kept.reason) == (b"", "the answer was 404")
    assert requests.count("/images/gone.jpg") == 1


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/images/page.jpg", "not a picture that can be read"),
        ("/secret/oil.jpg", "robots.txt"),
        ("/images/away.jpg", "not an address of this shop"),
    ],
)
def test_what_failed_says_why_and_waits_a_week(shop, requests: list[str], path: str, reason: str) -> None:
    product = product_with(shop, path)
    for days in (0, 6):
        assert pictures.fetch_pictures(now=NOW + timedelta(days=days)) == 0
    assert reason in ProductPicture.objects.get().reason
    tried = len(requests)
    pictures.fetch_pictures(now=NOW + timedelta(days=8))
    assert len(requests) > tried or path.startswith("/secret/")
    assert ProductPicture.objects.get(product=product).tried_at == NOW + timedelta(days=8)


def test_a_shop_that_is_not_read_and_other_hosts_are_left_alone(shop, settings, client: Client) -> None:
    product = ProductFactory(shop=shop, image_url="https://www.example.com/oil.jpg")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "check_robots", pictures.fetch)
        assert pictures.fetch_pictures(now=NOW) == 0
    assert "not an address of this shop" in ProductPicture.objects.get().reason
    assert client.get(f"/products/{product.pk}/picture.webp", headers={"host": "localhost"}).status_code == 404
    product_with(shop, "/images/oil.jpg")
    settings.OILWATCH_SCRAPE_AMAZON = False
    assert not pictures.missing_pictures(now=NOW + timedelta(days=30)).exists()


def test_no_more_than_some_at_once(shop, requests: list[str]) -> None:
    for _ in range(3):
        product_with(shop, "/images/oil.jpg")
    assert pictures.fetch_pictures(now=NOW, most=2) == 2
    assert pictures.missing_pictures(now=NOW).count() == 1
