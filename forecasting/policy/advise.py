"""Buy now, wait or no hurry: what a limit order would save, and only where the record shows that it does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from forecasting.policy.advice import Action, Advice, AdviceCode
from forecasting.policy.limit_order import LIMIT
from forecasting.policy.smallest_saving import SmallestSaving
from forecasting.series import Bools, Floats

LEAST_SAVING, LARGEST_COST = 0.005, 0.003  # logs: to begin a wait, and to go on with it
LEAST_DECISIONS, LEAST_WAITS = 30, 10
LEAST_CAPTURE = 0.1


def waits(expected: Floats) -> Bools:
    """Where waiting pays [series]: an expected log saving [series] above half a per cent."""
    return np.asarray(expected > LEAST_SAVING)


def still_waits(expected: Floats) -> Bools:
    """Where who waits already waits on [series], from expected log savings [series]: until waiting costs 0.3 %.

    An unknown saving ends no wait.

    On Spanish oils stopping at nothing gave up a twentieth of the savings, never stopping lost three waits for ten.
    """
    return np.asarray(~(expected <= -LARGEST_COST))


def why_none(record: Mapping[str, Any], expected: float, *, advice_pays: bool = True) -> AdviceCode | None:
    """The code of the reason why nothing is advised, None where something can be."""
    if not advice_pays:
        return AdviceCode.LEDGER_SHOWS_NO_GAIN
    if record.get("n", 0) < LEAST_DECISIONS or not np.isfinite(expected):
        return AdviceCode.NO_RECORD
    return None if trusted(record) else AdviceCode.NO_GAIN


def trusted(record: Mapping[str, Any]) -> bool:
    """Whether past advice took a tenth of what could be saved; without a record nothing is advised."""
    enough = bool(record.get("n", 0) >= LEAST_DECISIONS)
    return enough and (record.get("capture") or 0.0) > LEAST_CAPTURE


def disproved(record: Mapping[str, Any]) -> bool:
    """Whether a record with some waits in it shows that they do not pay."""
    enough = bool(record.get("waits", 0) >= LEAST_WAITS)
    return enough and (record.get("capture") or 0.0) <= LEAST_CAPTURE


def advise(
    last_price: float,
    deadline: date,
    *,
    saving: float,
    regret: float,
    realised: float,
    record: Mapping[str, Any],
    smallest: SmallestSaving | None = None,
) -> Advice:
    """One product's advice from its expected log saving, where `why_none` has nothing against it.

    `regret` is the share of waits that ended dearer at past cutoffs, `realised` how much of the expected saving came.
    Waiting is advised where what is stated, `realised` of what is expected, is at least the `smallest` saving.
    """
    expected = 1 - float(np.exp(-saving))
    stated = expected * realised if expected > 0 else expected
    least = (smallest or SmallestSaving()).share(last_price)
    action, code = _decided(wait=bool(waits(np.asarray(saving))), worth=stated >= least)
    return Advice(
        action=action,
        code=code,
        deadline=deadline,
        limit_price=round(last_price * LIMIT, 2),
        expected_saving=stated,
        chance_of_regret=regret,
        capture=record["capture"],
        smallest_saving=least,
    )


def _decided(*, wait: bool, worth: bool) -> tuple[Action, AdviceCode]:
    if not wait:
        return "buy", AdviceCode.WAITING_DOES_NOT_PAY
    return ("wait", AdviceCode.WAITING_PAYS) if worth else ("no_hurry", AdviceCode.SMALL_SAVING)
