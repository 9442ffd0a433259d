"""What forecasters are given, and what each kind of them is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forecasting.features.feature_table import WINDOWS, Features, changes_at_end
from forecasting.panel import Panel
from forecasting.series import Floats

CONTINUOUS_SHARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """All that is known at a cutoff: the panel ends there, and so do its derived tables.

    Those of series that are only forecast may hold the last step alone (`features_at_end`).
    """

    panel: Panel
    features: Features

    @property
    def last(self) -> Floats:
        """The price at the cutoff [series]; nan where a series has none."""
        return self.panel.prices[:, -1]

    @property
    def continuous(self) -> bool:
        """Whether prices move on more than a fifth of the steps (markets) instead of standing (shelves)."""
        return is_continuous(self.panel)

    def only(self, rows: list[int]) -> History:
        """The same past for the chosen series alone."""
        return History(self.panel.only(rows), self.features.only(rows))


def is_continuous(panel: Panel) -> bool:
    """Whether the prices of a panel move on more than a fifth of its last steps."""
    changes = changes_at_end(panel)
    changes = changes[np.isfinite(changes)]
    if not changes.size:
        return False
    return bool(np.median(changes) / WINDOWS[panel.freq][1] > CONTINUOUS_SHARE)


def history_at(panel: Panel, features: Features, step: int) -> History:
    """What was known at the end of `step`; later prices cannot be reached from it."""
    return History(panel.until(step), features.until(step))


class Forecaster(ABC):
    """One algorithm on the leaderboard. To add another: one file with a subclass, and one entry in the registry.

    `label` names it for readers, in English, marked for translation.
    """

    name: ClassVar[str]
    label: ClassVar[str]

    @abstractmethod
    def quantiles(self, train: History, target: History, horizon: int) -> Floats:
        """Log offsets from the last price [series, horizon, 13] of the target's series, learned from `train`.

        Both pasts end at the same cutoff. nan where there is too little to go by: that is scored as the last price.
        """


class Shift(ABC):
    """A forecaster that moves the whole published distribution, where the past has shown that this helps."""

    name: ClassVar[str]
    label: ClassVar[str]

    @abstractmethod
    def path(self, past: Panel, horizon: int) -> Floats | None:
        """The log move by each step [series, horizon]; None where there is nothing to go by."""


def gettext_noop(text: str) -> str:
    """Mark a label for `makemessages`; the pure core does not import Django."""
    return text
