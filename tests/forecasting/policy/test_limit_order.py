"""Waiting pays what a limit order would have paid, and advice needs a record."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.explain import advice_reason
from forecasting.features.feature_table import features_of
from forecasting.forecasters.base import history_at
from forecasting.panel import Panel
from forecasting.policy.advice import Action, Advice, AdviceCode
from forecasting.policy.advise import advise, trusted, why_none
from forecasting.policy.limit_order import paid_by_waiting, past_orders, train_limit_order
from forecasting.policy.realised_advice import RealisedAdvice, adjusted

RECORD = {"n": 100, "capture": 0.6}


def test_paid_by_waiting_by_hand() -> None:
    prices = np.array([[10.0, 9.9, 9.7, 9.0], [10.0, 10.5, 10.4, 11.0], [10.0, 9.0, 8.0, 12.0]])
    assert paid_by_waiting(prices, 0, 3).tolist() == [9.7, 11.0, 9.0]


def test_who_is_told_to_stop_waiting_buys_that_day() -> None:
    prices = np.array([[10.0, 10.4, 9.5, 11.0], [10.0, 9.6, 10.5, 11.0], [10.0, 10.1, 10.2, 9.9]])
    on = np.array([[False, True], [False, True], [True, True]])
    assert paid_by_waiting(prices, 0, 3, on).tolist() == [10.4, 9.6, 9.9]
    assert paid_by_waiting(prices, 0, 3, np.ones((3, 2), dtype=bool)).tolist() == [9.5, 9.6, 9.9]


def test_one_model_for_the_day_a_wait_begins_and_one_for_the_days_that_are_left(shelves: Callable[..., Panel]) -> None:
    panel = shelves(30, 160)
    past = history_at(panel, features_of(panel), panel.steps - 1)
    order = train_limit_order(past, 14)
    assert order is not None
    current = past.features.values[:, -1]
    soon, whole = order.expected(current, 1), order.expected(current, 14)
    assert np.abs(soon).mean() < np.abs(whole).mean(), "in a day little can be saved"
    table, savings = past_orders(past, (1, 14))
    assert set(np.unique(table[:, -1])) == {1, 14}
    assert len(table) == len(savings)


@pytest.mark.parametrize(
    ("record", "word"),
    [({"n": 100, "capture": 0.6}, True), ({"n": 100, "capture": -0.1}, False), ({"n": 3, "capture": 0.9}, False),
     ({"n": 100, "capture": None}, False), ({}, False)],
)  # fmt: skip
def test_advice_is_off_where_the_record_does_not_pay(record: dict, *, word: bool) -> None:
    assert trusted(record) == word
    assert (why_none(record, 0.05) is None) == word


@pytest.mark.parametrize(("saving", "action"), [(0.05, "wait"), (0.004, "buy"), (-0.03, "buy")])
def test_waiting_must_be_worth_it(saving: float, action: str) -> None:
    advice = advise(10.0, date(2026, 1, 15), saving=saving, regret=0.2, realised=1.0, record=RECORD)
    assert advice.action == action
    assert advice.deadline == date(2026, 1, 15)
    assert advice.limit_price == 9.7
    assert "saved 60% of the maximum" in advice_reason(advice)


@pytest.mark.parametrize(
    ("record", "saving", "pays", "code"),
    [
        (RECORD, 0.05, True, None),
        (RECORD, float("nan"), True, "no_record"),
        ({}, 0.05, True, "no_record"),
        ({"n": 100, "capture": 0.05}, 0.05, True, "no_gain"),
        (RECORD, 0.05, False, "ledger_shows_no_gain"),
    ],
)
def test_why_there_is_no_advice(record: dict, saving: float, *, pays: bool, code: AdviceCode | None) -> None:
    assert why_none(record, saving, advice_pays=pays) == code
    assert code is None or advice_reason(Advice(code=AdviceCode(code)))


def test_advice_is_switched_off_where_the_ledger_shows_no_gain() -> None:
    assert RealisedAdvice().pays, "nothing published, nothing disproved"
    assert RealisedAdvice(100, 9, 9, -0.02, 0.03).pays, "too few waits to say"
    assert not RealisedAdvice(100, 40, 30, -0.01, 0.03).pays
    assert not RealisedAdvice(100, 40, 0, 0.0, 0.0).pays, "prices that never fall are not worth waiting for"
    assert RealisedAdvice(100, 40, 10, 0.015, 0.03).pays


@given(
    regret=st.floats(0, 1),
    waits=st.integers(0, 10_000),
    share=st.floats(0, 1),
    action=st.sampled_from(["buy", "wait", "no_hurry"]),
)
def test_real_waits_pull_the_chance_of_regret_towards_what_happened(
    regret: float, waits: int, share: float, action: Action
) -> None:
    lost = round(waits * share)
    advice = Advice(action, AdviceCode.WAITING_PAYS, date(2026, 1, 1), 9.7, 0.03, regret)
    result = adjusted(advice, RealisedAdvice(waits, waits, lost, 0.01, 0.02)).chance_of_regret
    if action == "buy" or not waits:
        assert result == regret
    else:
        low, high = sorted((regret, lost / waits))
        assert low - 1e-9 <= (result or 0.0) <= high + 1e-9
        assert abs((result or 0.0) - lost / waits) <= 50 / waits + 1e-9
