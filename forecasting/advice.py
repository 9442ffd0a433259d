"""Buy now or wait: what a limit order would have saved, learned from past windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Advice:
    """Wait for `limit_price` until `deadline`, or buy now; savings are shares of today's price."""

    action: Literal["buy", "wait"]
    deadline: date
    limit_price: float
    expected_saving: float
    chance_of_regret: float
    reason: str
