"""What an advice says in figures."""

from datetime import date

import numpy as np
import pytest

from forecasting.policy.advise import advise, disproved, still_waits, trusted, waits

RECORD = {"n": 30, "capture": 0.5}


def test_a_log_saving_is_told_as_a_share_of_the_price() -> None:
    advice = advise(10.0, date(2026, 1, 1), 14, saving=0.1, regret=0.25, realised=0.5, record=RECORD)
    assert advice.expected_saving == pytest.approx((1 - np.exp(-0.1)) / 2), "half of what was expected came before"
    dearer = advise(10.0, date(2026, 1, 1), 14, saving=-0.1, regret=0.25, realised=0.5, record=RECORD)
    assert dearer.expected_saving == pytest.approx(1 - np.exp(0.1)), "a loss is not made smaller"
    assert (advice.limit_price, advice.chance_of_regret) == (9.7, 0.25)


def test_waiting_begins_above_half_a_per_cent() -> None:
    assert waits(np.array([0.005, 0.0051])).tolist() == [False, True]


def test_who_waits_goes_on_until_it_is_expected_to_cost_something() -> None:
    assert still_waits(np.array([0.01, 0.0, -0.0029, -0.0031, np.nan])).tolist() == [True, True, True, False, True]


@pytest.mark.parametrize(("n", "capture", "word"), [(29, 0.5, False), (30, 0.5, True), (30, 0.1, False)])
def test_thirty_decisions_and_more_than_a_tenth_make_a_record(n: int, capture: float, *, word: bool) -> None:
    assert trusted({"n": n, "capture": capture}) == word


@pytest.mark.parametrize(("count", "capture", "word"), [(9, 0.0, False), (10, 0.1, True), (10, 0.11, False)])
def test_ten_waits_can_disprove(count: int, capture: float, *, word: bool) -> None:
    assert disproved({"waits": count, "capture": capture}) == word
