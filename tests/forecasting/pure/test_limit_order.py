"""Waiting pays what a limit order would have paid, and advice needs a record."""

from datetime import date

import numpy as np
import pytest

from forecasting.advice import advise, trusted
from forecasting.limit_order import paid_by_waiting

RECORD = {"n": 100, "capture": 0.6}


def test_paid_by_waiting_by_hand() -> None:
    prices = np.array([[10.0, 9.9, 9.7, 9.0], [10.0, 10.5, 10.4, 11.0], [10.0, 9.0, 8.0, 12.0]])
    assert paid_by_waiting(prices, 0, 3).tolist() == [9.7, 11.0, 9.0]


@pytest.mark.parametrize(
    ("record", "word"),
    [({"n": 100, "capture": 0.6}, True), ({"n": 100, "capture": -0.1}, False), ({"n": 3, "capture": 0.9}, False),
     ({"n": 100, "capture": None}, False), ({}, False)],
)  # fmt: skip
def test_advice_is_off_where_the_record_does_not_pay(record: dict, *, word: bool) -> None:
    assert trusted(record) == word
    advice = advise(10.0, date(2026, 1, 1), 14, saving=0.05, regret=0.2, record=record)
    assert (advice is not None) == word


@pytest.mark.parametrize(("saving", "action"), [(0.05, "wait"), (0.004, "buy"), (-0.03, "buy")])
def test_waiting_must_be_worth_it(saving: float, action: str) -> None:
    advice = advise(10.0, date(2026, 1, 1), 14, saving=saving, regret=0.2, record=RECORD)
    assert advice is not None
    assert advice.action == action
    assert advice.deadline == date(2026, 1, 15)
    assert advice.limit_price == 9.7


def test_no_features_no_advice() -> None:
    assert advise(10.0, date(2026, 1, 1), 14, saving=float("nan"), regret=0.0, record=RECORD) is None
