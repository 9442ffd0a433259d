"""Scores of a training are read into rows, and malformed or older ones give fewer rows, never an error."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.serialization.training_scores import (
    Difference,
    LeaderboardRow,
    OddsRow,
    ReliabilityRow,
    compared_on,
    difference_of,
    leaderboard_rows,
    odds_rows,
    reliability_rows,
)
from tests.forecasting.training_figures import board_row, shop_figures


def test_the_leaderboard_has_the_least_error_first() -> None:
    rows = [row for row in leaderboard_rows(shop_figures()) if row.days == 30]
    assert [row.forecaster for row in rows] == ["published", "event", "lstm", "last_price", "prophet"]
    assert rows[0].rel_mae_95 == pytest.approx((0.83, 0.93))
    assert [row.difference for row in rows] == [
        *(Difference.LESS_ERROR, Difference.LESS_ERROR, Difference.NOT_MEASURABLE, None, Difference.MORE_ERROR)
    ]
    assert [row.days for row in leaderboard_rows(shop_figures())] == [7] * 5 + [14] * 5 + [30] * 5


@pytest.mark.parametrize(
    ("interval", "difference"),
    [
        (None, None),
        ((0.8, 0.99), Difference.LESS_ERROR),
        ((0.8, 1.0), Difference.NOT_MEASURABLE),
        ((1.0, 1.2), Difference.NOT_MEASURABLE),
        ((1.01, 1.2), Difference.MORE_ERROR),
    ],
)
def test_an_interval_that_holds_one_measures_no_difference(
    interval: tuple[float, float] | None, difference: Difference | None
) -> None:
    assert difference_of(interval) == difference


def test_too_few_cutoffs_give_no_interval() -> None:
    row = {**board_row(0.9), "rel_mae_95": None, "dm": None}
    [read] = leaderboard_rows({"leaderboard": {"event": {"30": row, "14": {"n": 0, "cutoffs": 0}}}})
    assert (read.n, read.cutoffs, read.rel_mae) == (54_000, 26, 0.9)
    assert (read.rel_mae_95, read.dm, read.difference) == (None, None, None)


def test_odds_and_their_reliability() -> None:
    figures = shop_figures(
        odds={"10": {"7": {"n": 0, "stated": None}}, "5": {"14": {"n": 3, "stated": 0.2, "came": 0.1, "brier": 0.1}}},
        reliability={"5": {"14": [{"from": 0, "to": 0.05, "n": 3, "stated": 0.02, "came": 0.0}, {"from": 0.05}]}},
    )
    assert odds_rows(figures) == [OddsRow(5, 14, 3, 0.2, 0.1, 0.1, None)]
    assert reliability_rows(figures) == [ReliabilityRow(5, 14, 0, 0.05, 3, 0.02, 0.0)]
    assert compared_on(figures) == date(2026, 11, 20)


def test_an_older_training_has_none_of_them() -> None:
    assert (leaderboard_rows({"origins": 9}), odds_rows({}), reliability_rows({}), compared_on({})) == (
        [],
        [],
        [],
        None,
    )


WORDS = ["leaderboard", "odds", "reliability", "event", "5", "14", "n", "from", "to", "stated", "came", "rel_mae_95"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner),
        max_leaves=12,
    )
)
def test_any_json_is_read(value: Any) -> None:
    figures = {"leaderboard": value, "odds": value, "reliability": value, "leaderboard_made_on": value}
    for each in (value, figures):
        assert all(isinstance(row, LeaderboardRow) for row in leaderboard_rows(each))
        assert all(isinstance(row, OddsRow) for row in odds_rows(each))
        assert all(isinstance(row, ReliabilityRow) for row in reliability_rows(each))
        compared_on(each)
