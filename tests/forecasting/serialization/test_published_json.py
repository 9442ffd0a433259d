"""Advice, skill and odds survive the ledger's JSON, and malformed JSON is no advice."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.policy.advice import NO_ADVICE, Advice, AdviceCode
from forecasting.product_forecast import FallOdds, ForecastSkill
from forecasting.serialization.published_json import advice_json, advice_of, odds_json, odds_of, skill_json, skill_of

WAIT = Advice(
    action="wait",
    code=AdviceCode.WAITING_PAYS,
    deadline=date(2026, 4, 15),
    limit_price=9.7,
    expected_saving=0.03,
    chance_of_regret=0.25,
    capture=0.16,
)
NO_HURRY = replace(WAIT, action="no_hurry", code=AdviceCode.SMALL_SAVING, smallest_saving=0.026)
REASON = "Waiting pays; past advice took 16% of what perfect foresight would have saved."
ODDS = FallOdds({"5": {"7": 0.1, "30": 0.6}, "10": {"7": 0.0, "30": 0.25}}, 23)
SKILL = ForecastSkill(30, 0.93, 0.82, 0.96, 0.4, ("short_history:42",))


@pytest.mark.parametrize("advice", [WAIT, NO_HURRY, NO_ADVICE, Advice("none", AdviceCode.NO_GAIN)])
def test_advice_there_and_back(advice: Advice) -> None:
    assert advice_of(advice_json(advice)) == advice


@pytest.mark.parametrize("skill", [SKILL, ForecastSkill()])
def test_skill_there_and_back(skill: ForecastSkill) -> None:
    assert skill_of(skill_json(skill)) == skill


@pytest.mark.parametrize("odds", [ODDS, FallOdds({"5": {"7": 0.1}}), FallOdds()])
def test_odds_there_and_back(odds: FallOdds) -> None:
    assert odds_of(odds_json(odds)) == odds


def test_odds_are_plain_json() -> None:
    assert odds_json(ODDS) == {
        "5": {"7": 0.1, "30": 0.6},
        "10": {"7": 0.0, "30": 0.25},
        "days_to_fall": 23,
    }
    assert odds_json(FallOdds()) == {}


def test_what_is_no_chance_is_left_out() -> None:
    malformed = {"5": {"7": 1.2, "14": "a", "30": 0.4, "x": 0.1}, "10": {"7": None}, "day": {"7": 0.2}}
    assert odds_of({**malformed, "days_to_fall": -3}) == FallOdds({"5": {"30": 0.4}})


def test_an_unknown_figure_is_null() -> None:
    result = skill_json(ForecastSkill(30, float("nan"), None, 0.9, float("inf")))
    assert result == {
        "30": {"rel_mae": None, "coverage_80": None, "coverage_95": 0.9},
        "probability_of_drop": None,
        "notes": [],
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["word", "code", "until", "limit_price", "30", "notes", "rel_mae", "5", "days_to_fall"]
                ),
                inner,
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_read(value: Any) -> None:
    assert isinstance(advice_of(value), Advice)
    assert isinstance(skill_of(value), ForecastSkill)
    assert isinstance(odds_of(value), FallOdds)


def test_advice_of_older_rows() -> None:
    result = advice_of(
        {"word": "wait", "until": "2026-04-15", "limit_price": 9.7, "expected_saving_pct": 3.0, "reason": REASON}
    )
    assert result.code == AdviceCode.WAITING_PAYS
    assert result.expected_saving == pytest.approx(0.03)
    assert result.current(date(2026, 4, 15)) == result
    assert result.current(date(2026, 4, 16)) == NO_ADVICE
