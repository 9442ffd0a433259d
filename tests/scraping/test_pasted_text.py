"""Addresses in a pasted text."""

import pytest

from scraping.pasted_text import pasted_addresses

ONE, OTHER = "https://www.amazon.es/dp/B0OLIVA001", "https://amzn.eu/d/0aBcDeF"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("", []),
        (" \n\t\n", []),
        (f"{ONE}\n{OTHER}\n", [ONE, OTHER]),
        (f"{ONE} {ONE}\r\n{ONE}", [ONE]),
        ("B0OLIVA001\nb0oliva002", ["B0OLIVA001", "b0oliva002"]),
        (f"Look at this: <{ONE}>, or (B0OLIVA002). And {OTHER}!", [ONE, "B0OLIVA002", OTHER]),
        ("some words\nand more words of ten: absolutely", []),
        ("nonsense", ["nonsense"]),
        ("amazon.es/dp/B0OLIVA001", ["amazon.es/dp/B0OLIVA001"]),
        ("http://127.0.0.1:8101/dp/B0OLIVA001?a=1", ["http://127.0.0.1:8101/dp/B0OLIVA001?a=1"]),
        ("\0B0OLIVA001\0", ["B0OLIVA001"]),
        ('"B0OLIVA001";"B0OLIVA002"', ['B0OLIVA001";"B0OLIVA002']),
        ("B0OLIVA001, B0OLIVA002", ["B0OLIVA001", "B0OLIVA002"]),
    ],
)
def test_each_once_in_order(text: str, addresses: list[str]) -> None:
    assert pasted_addresses(text) == addresses
