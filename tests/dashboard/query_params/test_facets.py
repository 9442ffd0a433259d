"""What can be filtered by, and how much each choice would show."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query_params.facets import NAMES, ProductGroup, matching, options
from dashboard.query_params.market_query import SIZES, MarketQuery, size_of

GROUPS = [
    ProductGroup("virgin", "here", "Oro", "1", 2),
    ProductGroup("virgin", "there", "ORO", "5", 1),
    ProductGroup("olive", "here", "Plata", "5", 4),
    ProductGroup("olive", "here", "", "", 8),
]


def _counts(result, name):
    return {option.value: option.products for option in result[name]}


def test_without_a_filter_everything_is_offered_once():
    result = options(GROUPS, MarketQuery())
    assert _counts(result, "grade") == {"virgin": 3, "olive": 12}
    assert _counts(result, "brand") == {"Oro": 3, "Plata": 4}  # however a listing writes it
    assert _counts(result, "size") == {"1": 2, "5": 5}
    assert matching(GROUPS, MarketQuery()) == 15


def test_a_choice_narrows_the_other_lists_and_not_its_own():
    result = options(GROUPS, MarketQuery(grade="virgin"))
    assert _counts(result, "grade") == {"virgin": 3, "olive": 12}
    assert _counts(result, "shop") == {"here": 2, "there": 1}
    assert _counts(result, "brand") == {"Oro": 3}


def test_a_choice_that_shows_nothing_stays_chosen():
    chosen = [option for option in options(GROUPS, MarketQuery(brand="Nadie"))["brand"] if option.chosen]
    assert [(option.value, option.products) for option in chosen] == [("Nadie", 0)]


names = st.sampled_from(["", "a", "b", "B"])
groups = st.lists(st.builds(ProductGroup, names, names, names, names, st.integers(1, 9)), max_size=12)


@given(groups, st.builds(MarketQuery, grade=names, shop=names, brand=names, size=names))
def test_a_choice_shows_as_many_as_it_says(result, query):
    for name in NAMES:
        if name in {"grade", "size"}:
            continue  # their values come from closed lists
        for option in options(result, query)[name]:
            assert matching(result, replace(query, **{name: option.value})) == option.products


@pytest.mark.parametrize(
    ("litres", "size"), [("0.25", "0.5"), ("0.5", "0.5"), ("0.75", "1"), ("5", "5"), ("15", "more"), (None, "")]
)
def test_a_pack_has_one_size(litres, size):
    assert size_of(Decimal(litres) if litres else None) == size


@given(st.decimals("0.001", 999, places=3))
def test_sizes_leave_no_hole(litres):
    assert Counter(size.holds(litres) for size in SIZES.values())[True] == 1
