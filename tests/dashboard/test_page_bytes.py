"""What goes over the wire: pages are packed for browsers that can unpack them."""

import gzip

import pytest

from tests.dashboard.rows import priced_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/accuracy/", "/api/products/"])
def test_pages_are_packed_for_those_who_ask(client, path):
    for _ in range(5):
        priced_product()
    plain = client.get(path, headers={"host": "localhost"})
    assert "Content-Encoding" not in plain.headers
    packed = client.get(path, headers={"host": "localhost", "accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert len(gzip.decompress(packed.content)) > len(plain.content) * 0.9
