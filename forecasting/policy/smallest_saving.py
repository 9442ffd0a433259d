"""The smallest saving worth waiting for, or worth another pack: an operator's settings. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SmallestSaving:
    """At least so many per cent of a price, or at least the amount, in the currency of the price."""

    percent: float = 3.0
    amount: float = 1.0

    def share(self, price: float) -> float:
        """The smallest saving on something at this price (above 0), as a share of it."""
        return min(self.percent / 100, self.amount / price)
