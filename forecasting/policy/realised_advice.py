"""What published advice really did for people, and what that means for the advice given next. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forecasting.policy.advice import WAITING, Advice
from forecasting.policy.advise import disproved

PRIOR_WAITS = 50  # cross-validated waits that the estimate of regret weighs against the waits people really made


@dataclass(frozen=True, slots=True)
class RealisedAdvice:
    """A shop's scored advice of the last months: how often, what following it saved, and how its waits ended.

    `saving` and `possible` are mean shares of the price on the day of the advice: saved by following it, and by
    knowing the future.
    """

    decisions: int = 0
    waits: int = 0
    lost: int = 0
    saving: float = 0.0
    possible: float = 0.0

    @property
    def capture(self) -> float:
        """The share of what perfect foresight would have saved."""
        return self.saving / self.possible if self.possible > 0 else 0.0

    @property
    def pays(self) -> bool:
        """False once enough published waits have shown that following them saves nothing worth it."""
        return not disproved({"waits": self.waits, "capture": self.capture})


def adjusted(advice: Advice, realised: RealisedAdvice) -> Advice:
    """The same advice with a chance of regret that the waits people really made have corrected."""
    if advice.action not in WAITING or advice.chance_of_regret is None or not realised.waits:
        return advice
    regret = (PRIOR_WAITS * advice.chance_of_regret + realised.lost) / (PRIOR_WAITS + realised.waits)
    return replace(advice, chance_of_regret=regret)
