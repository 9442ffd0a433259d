"""The candidate forecasts of past cutoffs beside the prices that followed: made here, or in parts by other workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.candidates.part import CandidatesPart
from forecasting.candidates.published import Published
from forecasting.candidates.record import Record, record_of
from forecasting.panel import Panel
from forecasting.selection.publish import publish
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class BacktestWindows:
    """The cross-validated series' prices and their past candidates, oldest first."""

    panel: Panel
    horizon: int
    candidates: tuple[Candidates, ...]

    def record(self, cutoff: int) -> Record:
        """Candidates from before the cutoff beside the outcomes that were known at it."""
        earlier = [one for one in self.candidates if one.cutoff < cutoff]
        return record_of(self.panel.until(cutoff), earlier, self.horizon)

    def publish(self, candidates: Candidates) -> Published:
        """The forecast that would have been published at the candidates' cutoff."""
        return publish(candidates, self.record(candidates.cutoff), self.panel.freq)


def join(parts: Sequence[CandidatesPart], panel: Panel, horizon: int) -> BacktestWindows:
    """All parts on one daily panel: the series every part and the panel know, cutoffs the panel covers.

    Parts may have been made minutes apart: a series that came or went meanwhile is left out, not misplaced.
    """
    known = set(panel.keys).intersection(*(part.keys for part in parts))
    keys = [key for key in panel.keys if key in known] if parts else []
    by_cutoff: dict[int, Candidates] = {}
    for part in parts:
        place = {key: row for row, key in enumerate(part.keys)}
        rows = [place[key] for key in keys]
        for day, candidates in zip(part.days, part.candidates, strict=True):
            cutoff = (day - panel.start).days
            if 0 <= cutoff < panel.steps - 1:
                by_cutoff[cutoff] = _only(candidates, rows, cutoff)
    at = {key: row for row, key in enumerate(panel.keys)}
    ordered = tuple(by_cutoff[cutoff] for cutoff in sorted(by_cutoff))
    return BacktestWindows(panel.only([at[key] for key in keys]), horizon, ordered)


def _only(candidates: Candidates, rows: list[int], cutoff: int) -> Candidates:
    def chosen(values: Floats) -> Floats:
        return np.asarray(values[rows])

    return replace(
        candidates,
        cutoff=cutoff,
        last=chosen(candidates.last),
        points={name: chosen(values) for name, values in candidates.points.items()},
        spreads={name: chosen(values) for name, values in candidates.spreads.items()},
        reference=chosen(candidates.reference),
        savings={days: chosen(values) for days, values in candidates.savings.items()},
        regrets={days: chosen(values) for days, values in candidates.regrets.items()},
    )
