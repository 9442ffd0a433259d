"""changedetection.io's restock reader: metadata or nothing."""

from decimal import Decimal

from benchmarks.peers.changedetection import price
from tests.benchmarks.peers.small_pages import offscreen, page, product


def test_each_kind_of_metadata_is_read() -> None:
    assert price(page(product('{"sku": "5", "price": "8.00"}'))) == Decimal("8.00")
    assert price(page('<div itemscope><b itemprop="price" content="7.5">x</b></div>')) == Decimal("7.5")
    assert price(page('<meta property="product:price:amount" content="6.40">')) == Decimal("6.40")


def test_two_prices_are_refused() -> None:
    assert price(page(product('{"price": "8.00"}', '{"price": 9}'))) is None
    assert price(page(product('{"price": "$8.00"}', '{"price": 8}'))) == Decimal("8.00")


def test_a_comma_is_dropped() -> None:
    assert price(page('<div itemscope><b itemprop="price">63,42 €</b></div>')) == Decimal(6342)


def test_an_amazon_page_has_none() -> None:
    assert price(page(offscreen("63,42 €") + '<script type="application/ld+json">{broken</script>')) is None
