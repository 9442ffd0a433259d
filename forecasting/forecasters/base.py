"""What every point forecaster is: a name, labels, and price paths from a table of the past."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from forecasting.features.feature_table import WINDOWS, Features
from forecasting.panel import Panel
from forecasting.series import Floats

CONTINUOUS_SHARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """All that is known at a cutoff: the panel ends there, and so do its derived tables."""

    panel: Panel
    features: Features

    @property
    def last(self) -> Floats:
        """The price at the cutoff [series]; nan where a series has none."""
        return self.panel.prices[:, -1]

    @property
    def continuous(self) -> bool:
        """Whether prices move on more than a fifth of the steps (markets) instead of standing (shelves)."""
        changes = self.features.column("changes_long")[:, -1]
        changes = changes[np.isfinite(changes)]
        if not changes.size:
            return False
        return bool(np.median(changes) / WINDOWS[self.panel.freq][1] > CONTINUOUS_SHARE)

    def only(self, rows: list[int]) -> History:
        """The same past for the chosen series alone."""
        return History(self.panel.only(rows), self.features.only(rows))


def history_at(panel: Panel, features: Features, step: int) -> History:
    """What was known at the end of `step`; later prices cannot be reached from it."""
    return History(panel.until(step), features.until(step))


class PointForecaster(ABC):
    """One algorithm. To add another: one file with a subclass, and one entry in the registry.

    `labels` names its candidates for readers: candidate name -> English label, marked for translation.
    """

    name: ClassVar[str]
    labels: ClassVar[Mapping[str, str]]

    @abstractmethod
    def forecast(self, past: History, horizon: int) -> Floats:
        """Price paths [series, horizon] in the unit of the prices; nan where there is too little to go by."""

    def candidates(self, path: Floats, events: Floats, *, continuous: bool) -> dict[str, Floats]:
        """The point candidates that the path gives rise to: name -> log offsets [series, horizon].

        `path` is the forecast as log offsets [series, horizon], `events` the event model's quantiles
        [series, horizon, 13]. Most forecasters stand for themselves; override this to blend.
        """
        return {self.name: path}


def gettext_noop(text: str) -> str:
    """Mark a label for `makemessages`; the pure core does not import Django."""
    return text
