"""What the market page makes of its address: any nonsense is the default."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query_params.market_query import MarketQuery, read_query


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({}, MarketQuery()),
        ({"grade": "virgin", "sort": "-price", "page": "3"}, MarketQuery(grade="virgin", sort="-price", page=3)),
        ({"grade": "lamp oil", "sort": "colour", "page": "-1"}, MarketQuery()),
        ({"q": "  dos   palabras \0 ", "stock": "1"}, MarketQuery(words="dos palabras", in_stock=True)),
        ({"page": "²"}, MarketQuery()),
        ({"page": "0"}, MarketQuery()),
    ],
)
def test_it_reads(given_, expected):
    assert read_query(given_) == expected


@given(st.dictionaries(st.sampled_from(["grade", "shop", "q", "stock", "sort", "page"]), st.text(max_size=200)))
def test_nothing_breaks_it(parameters):
    query = read_query(parameters)
    assert query.page >= 1
    assert len(query.words) <= 80
