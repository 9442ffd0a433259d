"""The advice of one forecast: buy, wait, or none. The same shape from the core to the page, the API and the feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Action = Literal["buy", "wait", "none"]


class AdviceCode(StrEnum):
    """Why this is advised, or why nothing is."""

    WAITING_PAYS = "waiting_pays"
    WAITING_DOES_NOT_PAY = "waiting_does_not_pay"
    NO_RECORD = "no_record"
    NO_GAIN = "no_gain"
    LEDGER_SHOWS_NO_GAIN = "ledger_shows_no_gain"


@dataclass(frozen=True, slots=True)
class Advice:
    """Wait for `limit_price` until `deadline`, buy now, or no advice; savings are shares of the price at the cutoff.

    `capture` is the share of what perfect foresight would have saved that past advice took.
    """

    action: Action = "none"
    code: AdviceCode = AdviceCode.NO_RECORD
    deadline: date | None = None
    limit_price: float | None = None
    expected_saving: float | None = None
    chance_of_regret: float | None = None
    capture: float | None = None

    def expired(self, today: date) -> bool:
        """Whether its deadline has passed."""
        return self.deadline is not None and self.deadline < today

    def current(self, today: date) -> Advice:
        """The advice while it holds; none once its deadline has passed."""
        return Advice() if self.expired(today) else self


NO_ADVICE = Advice()
