"""The advice of one forecast: buy, wait, no hurry, or none. One shape from the core to the pages and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, get_args

Action = Literal["buy", "wait", "no_hurry", "none"]
ADVISED: tuple[Action, ...] = get_args(Action)
WAITING: frozenset[Action] = frozenset({"wait", "no_hurry"})  # the record follows both alike: a limit order


class AdviceCode(StrEnum):
    """Why this is advised, or why nothing is."""

    WAITING_PAYS = "waiting_pays"
    SMALL_SAVING = "small_saving"
    WAITING_DOES_NOT_PAY = "waiting_does_not_pay"
    NO_RECORD = "no_record"
    NO_GAIN = "no_gain"
    LEDGER_SHOWS_NO_GAIN = "ledger_shows_no_gain"


@dataclass(frozen=True, slots=True)
class Advice:
    """Wait for `limit_price` until `deadline`, buy now, or no advice; savings are shares of the price at the cutoff.

    "no_hurry" is a wait that is expected to save less than `smallest_saving`, the least worth waiting for. `capture`
    is the share of what perfect foresight would have saved that past advice took.
    """

    action: Action = "none"
    code: AdviceCode = AdviceCode.NO_RECORD
    deadline: date | None = None
    limit_price: float | None = None
    expected_saving: float | None = None
    chance_of_regret: float | None = None
    capture: float | None = None
    smallest_saving: float | None = None

    def expired(self, today: date) -> bool:
        """Whether its deadline has passed."""
        return self.deadline is not None and self.deadline < today

    def current(self, today: date) -> Advice:
        """The advice while it holds; none once its deadline has passed."""
        return Advice() if self.expired(today) else self


NO_ADVICE = Advice()
