"""Addresses people paste: read when they name a product, refused with what to change when they do not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.amazon.address import AddressRefused, parse_address, product_url, search_url


@pytest.mark.parametrize(
    ("address", "market"),
    [
        ("https://www.amazon.es/dp/B0OLIVA001", "es"),
        ("https://www.amazon.es/Aceite-de-Oliva/dp/B0OLIVA001/ref=sr_1_4?keywords=aceite&qid=1&th=1", "es"),
        ("http://amazon.it/gp/product/B0OLIVA001/", "it"),
        ("https://m.amazon.fr/gp/aw/d/B0OLIVA001?psc=1", "fr"),
        ("https://www.amazon.de/-/es/dp/B0OLIVA001#reviews", "de"),
        ("https://www.amazon.de/-/en/Oil-5-l/dp/B0OLIVA001", "de"),
        ("www.amazon.co.uk/dp/b0oliva001", "co.uk"),
        ("amazon.com/gp/offer-listing/B0OLIVA001", "com"),
        ("https://smile.amazon.com/exec/obidos/ASIN/B0OLIVA001/tag", "com"),
        ("https://www.amazon.com.be/dp/B0OLIVA001", "com.be"),
        ("https://www.amazon.co.jp/%E3%82%AA%E3%82%A4%E3%83%AB/dp/B0OLIVA001", "co.jp"),
        ("  https://WWW.AMAZON.ES/dp/B0OLIVA001  ", "es"),
        ("https://www.amazon.es/gp/aod/?asin=B0OLIVA001", "es"),
    ],
)
def test_common_forms(address: str, market: str) -> None:
    result = parse_address(address)
    assert (result.asin, result.marketplace.code) == ("B0OLIVA001", market)
    assert result.url == f"https://www.amazon.{market}/dp/B0OLIVA001?th=1&psc=1"


def test_a_book_and_a_bare_asin() -> None:
    assert parse_address("https://www.amazon.com/dp/080442957X").asin == "080442957X"
    assert parse_address("b0oliva001", default_marketplace="es").url == product_url("B0OLIVA001", "es")


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("", "empty"),
        ("B0OLIVA001", "whole address"),
        ("https://amzn.to/3abcdef", "open it and paste"),
        ("https://a.co/d/3abcdef", "open it and paste"),
        ("https://www.amazon.es/s?k=aceite", "names no product"),
        ("https://www.amazon.es/", "names no product"),
        ("https://www.amazon.xx/dp/B0OLIVA001", "not a known Amazon shop"),
        ("https://www.amazon.es.evil.com/dp/B0OLIVA001", "not a known Amazon shop"),
        ("https://evil.com/www.amazon.es/dp/B0OLIVA001", "not a known Amazon shop"),
        ("https://user:pw@www.amazon.es/dp/B0OLIVA001", "user name"),
        ("https://www.amazon.es:8080/dp/B0OLIVA001", "port"),
        ("ftp://www.amazon.es/dp/B0OLIVA001", "http"),
        ("javascript:alert(1)", "not an address"),
        ("https://[::1/dp/B0OLIVA001", "not an address"),
        ("https://127.0.0.1/dp/B0OLIVA001", "not a known Amazon shop"),
    ],
)
def test_refusals_say_what_to_change(address: str, advice: str) -> None:
    with pytest.raises(AddressRefused, match=advice):
        parse_address(address)


def test_search_addresses() -> None:
    assert search_url("aceite de oliva  5 l", "es") == "https://www.amazon.es/s?k=aceite+de+oliva+5+l"
    assert search_url("huile & vinaigre", "fr", page=2) == "https://www.amazon.fr/s?k=huile+%26+vinaigre&page=2"
    with pytest.raises(AddressRefused):
        search_url(" ", "es")
    with pytest.raises(AddressRefused):
        product_url("../cart", "es")


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(AddressRefused):
        assert parse_address(text, default_marketplace="es").url.startswith("https://www.amazon.")
