"""Buy now or wait: what a limit order would save, and only where the record shows that it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from forecasting.policy.limit_order import LIMIT
from forecasting.series import Bools, Floats

LEAST_SAVING = 0.005
LEAST_DECISIONS, LEAST_WAITS = 30, 10
LEAST_CAPTURE = 0.1
# Why there is no advice: codes for machines and translators, words for people.
NONE_BECAUSE = {
    "no_record": "There is no track record yet to base advice on.",
    "no_gain": "In similar weeks, waiting did not save money: no advice is given.",
    "ledger_shows_no_gain": "Following our recent advice did not save money: none is given for now.",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """Wait for `limit_price` until `deadline`, or buy now; savings are shares of today's price."""

    action: Literal["buy", "wait"]
    deadline: date
    limit_price: float
    expected_saving: float
    chance_of_regret: float
    reason: str


def waits(expected: Floats) -> Bools:
    """Where waiting is worth it: an expected log saving above half a per cent."""
    return np.asarray(expected > LEAST_SAVING)


def why_none(record: Mapping[str, Any], expected: float, *, advice_pays: bool = True) -> str:
    """The code of the reason why nothing is advised, "" where something can be."""
    if not advice_pays:
        return "ledger_shows_no_gain"
    if record.get("n", 0) < LEAST_DECISIONS or not np.isfinite(expected):
        return "no_record"
    return "" if trusted(record) else "no_gain"


def trusted(record: Mapping[str, Any]) -> bool:
    """Whether past advice took a tenth of what could be saved; without a record nothing is advised."""
    enough = bool(record.get("n", 0) >= LEAST_DECISIONS)
    return enough and (record.get("capture") or 0.0) > LEAST_CAPTURE


def disproved(record: Mapping[str, Any]) -> bool:
    """Whether a record with some waits in it shows that they do not pay."""
    enough = bool(record.get("waits", 0) >= LEAST_WAITS)
    return enough and (record.get("capture") or 0.0) <= LEAST_CAPTURE


def advise(
    last_price: float, today: date, days: int, *, saving: float, regret: float, record: Mapping[str, Any]
) -> Advice:
    """One product's advice from its expected log saving, where `why_none` has nothing against it."""
    wait = bool(waits(np.asarray(saving)))
    share = 1 - float(np.exp(-saving))
    past = f"past advice saved {record['capture']:.0%} of the maximum possible"
    if wait:
        reason = f"In similar weeks, waiting up to {days} days saved {share:.1%} on average; {past}."
    else:
        reason = f"In similar weeks, waiting up to {days} days did not save money; {past}."
    return Advice(
        action="wait" if wait else "buy",
        deadline=today + timedelta(days=days),
        limit_price=round(last_price * LIMIT, 2),
        expected_saving=share,
        chance_of_regret=float(regret),
        reason=reason,
    )
