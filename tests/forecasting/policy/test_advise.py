"""What an advice says in figures."""

from datetime import date

import numpy as np
import pytest

from forecasting.policy.advice import AdviceCode
from forecasting.policy.advise import advise, disproved, still_waits, trusted, waits
from forecasting.policy.smallest_saving import SmallestSaving

RECORD = {"n": 30, "capture": 0.5}


def test_a_log_saving_is_told_as_a_share_of_the_price() -> None:
    advice = advise(10.0, date(2026, 1, 15), saving=0.1, regret=0.25, realised=0.5, record=RECORD)
    assert advice.expected_saving == pytest.approx((1 - np.exp(-0.1)) / 2), "half of what was expected came before"
    dearer = advise(10.0, date(2026, 1, 15), saving=-0.1, regret=0.25, realised=0.5, record=RECORD)
    assert dearer.expected_saving == pytest.approx(1 - np.exp(0.1)), "a loss is not made smaller"
    assert (advice.limit_price, advice.chance_of_regret) == (9.7, 0.25)


@pytest.mark.parametrize(
    ("saving", "realised", "word", "code"),
    [
        (0.005, 1.0, "buy", AdviceCode.WAITING_DOES_NOT_PAY),
        (0.0051, 1.0, "no_hurry", AdviceCode.SMALL_SAVING),
        (0.03, 1.0, "no_hurry", AdviceCode.SMALL_SAVING),
        (0.031, 1.0, "wait", AdviceCode.WAITING_PAYS),
        (0.031, 0.9, "no_hurry", AdviceCode.SMALL_SAVING),
        (-0.05, 1.0, "buy", AdviceCode.WAITING_DOES_NOT_PAY),
    ],
)
def test_only_a_saving_worth_it_is_waited_for(saving: float, realised: float, word: str, code: AdviceCode) -> None:
    advice = advise(10.0, date(2026, 1, 15), saving=saving, regret=0.25, realised=realised, record=RECORD)
    assert (advice.action, advice.code, advice.smallest_saving) == (word, code, 0.03)
    assert (advice.limit_price, advice.deadline) == (9.7, date(2026, 1, 15)), "they stay, whatever is advised"


def test_an_amount_is_worth_it_where_it_is_less_than_the_per_cent() -> None:
    smallest = SmallestSaving(percent=3.0, amount=1.0)
    assert [smallest.share(price) for price in (10.0, 50.0)] == [0.03, 0.02]

    def word(price: float, smallest: SmallestSaving | None) -> str:
        advice = advise(
            price, date(2026, 1, 15), saving=0.025, regret=0.2, realised=1.0, record=RECORD, smallest=smallest
        )
        return advice.action

    assert [word(price, None) for price in (10.0, 50.0)] == ["no_hurry", "wait"]
    assert [word(10.0, SmallestSaving(2.0, 1.0)), word(50.0, SmallestSaving(3.0, 2.0))] == ["wait", "no_hurry"]


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
