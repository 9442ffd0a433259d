"""Has the market left the forecasts? Prices outside intervals that should hold them are counted and weighed."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import bdtrc  # scipy.stats would cost every start of the site a second

NOMINAL = 0.05  # of prices lie outside a 95 % interval when all is well
LEAST_OUTSIDE = 5  # products; fewer may be a sale in one shop
SURE = 0.001


@dataclass(frozen=True, slots=True)
class Drift:
    """How many of a shop's current prices lie outside the newest forecasts' 95 % intervals."""

    outside: int
    total: int

    @property
    def chance(self) -> float:
        """How likely so many would be if the intervals still held, each product for itself."""
        return float(bdtrc(self.outside - 1, self.total, NOMINAL)) if self.total else 1.0

    @property
    def gone(self) -> bool:
        """Whether to retrain at once instead of tonight."""
        return self.outside >= LEAST_OUTSIDE and self.chance < SURE
