"""JSON-LD blocks: the product in lists and graphs, the first offer, broken blocks left out."""

from bs4 import BeautifulSoup

from benchmarks.peers import json_ld
from tests.benchmarks.peers.small_pages import product


def test_a_broken_block_is_left_out() -> None:
    html = '<script type="application/ld+json">{broken</script>' + product()
    assert list(json_ld.blocks(BeautifulSoup(html, "lxml"))) == [{"@type": "Product", "offers": []}]


def test_the_product_is_found_in_lists_and_graphs() -> None:
    oil = {"@type": "Product"}
    assert json_ld.find_product([{"@type": "Brand"}, {"@graph": [oil]}]) is oil
    assert json_ld.find_product("text") is None


def test_the_low_end_of_the_first_offer() -> None:
    assert json_ld.offered_price({"@type": "Product", "offers": [{"lowPrice": 7, "price": 8}, {"price": 9}]}) == 7
    assert json_ld.offered_price({"@type": "Product", "offers": {"price": 8}}) == 8
    assert json_ld.offered_price({"@type": "Product"}) is None
