"""What every forecaster is: a name, and paths into the future from a table of the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from forecasting.panel import Panel
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """All that is known at an origin: the panel ends there, and so do its derived tables."""

    panel: Panel
    regular: Floats
    continuous: bool

    @property
    def last(self) -> Floats:
        """The price at the origin [series]; nan where a series has none."""
        return self.panel.prices[:, -1]


class Forecaster(Protocol):
    """One algorithm; adding another is one file and one line in the registry."""

    @property
    def name(self) -> str:
        """How the algorithm is called in scores and artefacts."""
        ...

    def forecast(self, past: Past, horizon: int) -> Floats:
        """Price paths [series, horizon] in the unit of the prices; nan where there is too little to go by."""
        ...
