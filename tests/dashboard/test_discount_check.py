"""A shop's reduction against our own lowest price of the thirty days before it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dashboard.discount_check import discount_check
from dashboard.history import Stretch
from dashboard.texts.discounts import discount_sentence

TWO_DAYS = timedelta(days=2)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _path(*steps, list_price=12.0):
    """Stretches that follow each other up to now: (days, price); the last one carries the list price."""
    moment, result = NOW, []
    for place, (days, price) in enumerate(reversed(steps)):
        first = moment - timedelta(days=days)
        state = "in_stock" if price else "unavailable"
        result.append(Stretch(first, moment - timedelta(hours=1), price, state, None if place else list_price))
        moment = first
    return result[::-1]


def _check(*steps, list_price=12.0):
    return discount_check(_path(*steps, list_price=list_price), max_gap=TWO_DAYS)


def test_the_reduction_is_measured_by_the_lowest_of_thirty_days():
    check = _check((40, 9.10), (5, 12.0), (3, 9.0))
    assert (check.lowest_before, check.began) == (9.10, NOW - timedelta(days=3))
    assert check.claimed == pytest.approx(-0.25)
    assert check.real == pytest.approx(-0.011, abs=1e-3)
    with override("en"):
        sentence = discount_sentence(check, "EUR")
    assert sentence.assessment == "smaller"
    assert sentence.text == (
        "The “25% off” is really less (−1%): it was as low as €9.10 in the 30 days before 20 Nov 2026."
    )


def test_an_honest_reduction_is_called_so():
    check = _check((60, 12.0), (3, 9.0))
    assert check.real == check.claimed
    with override("en"):
        assert discount_sentence(check, "EUR").assessment == "true"


def test_no_reduction_at_all_is_said_plainly():
    check = _check((60, 8.5), (3, 9.0))
    with override("es"):
        sentence = discount_sentence(check, "EUR")
    assert sentence.assessment == "none"
    assert "+6\N{NO-BREAK SPACE}%" in sentence.text


@pytest.mark.parametrize(
    ("steps", "list_price"),
    [
        (((60, 10.0), (3, 9.0)), None),  # nothing is claimed
        (((60, 10.0), (3, 9.0)), 8.0),  # a list price below the price claims nothing
        (((60, 10.0), (3, None)), 12.0),  # nothing can be bought
        (((3, 9.0),), 12.0),  # no time before
        (((15, 10.0), (3, 9.0)), 12.0),  # half of the thirty days
        (((60, 10.0), (25, None), (3, 9.0)), 12.0),  # out of stock most of them
    ],
)
def test_silent_where_too_little_is_known(steps, list_price):
    assert _check(*steps, list_price=list_price) is None
    assert discount_check([], max_gap=TWO_DAYS) is None


def test_a_lower_price_longer_ago_does_not_count():
    assert _check((30, 5.0), (31, 11.0), (3, 9.0)).lowest_before == 11.0


def test_a_price_that_came_back_after_being_out_of_stock_never_left():
    check = _check((60, 10.0), (10, 9.0), (5, None), (3, 9.0))
    assert check.began == NOW - timedelta(days=18)
    assert check.lowest_before == 10.0


steps = st.lists(st.tuples(st.integers(1, 30), st.one_of(st.none(), st.integers(1, 40))), min_size=1, max_size=12)


@given(steps, st.integers(2, 80))
def test_what_is_said_was_seen(steps, listed):
    path = _path(*steps, list_price=float(listed))
    check = discount_check(path, max_gap=TWO_DAYS)
    if check is None:
        return
    opens = check.began - timedelta(days=30)
    before = [s for s in path if s.price is not None and s.first < check.began and s.last > opens]
    assert check.lowest_before == min(s.price for s in before)
    assert check.price == path[-1].price < check.listed == listed
    assert all(s.price in {None, check.price} for s in path if s.first >= check.began)
    assert check.real > -1
    assert check.claimed < 0


@given(st.integers(1, 29), st.integers(1, 400))
def test_a_price_put_up_before_a_reduction_makes_it_no_larger(days, more):
    honest = _check((60, 10.0), (3, 9.0))
    puffed = _check((60, 10.0), (days, 10.0 + more), (3, 9.0), list_price=10.0 + more)
    assert puffed.real == honest.real
    assert puffed.claimed < honest.real
