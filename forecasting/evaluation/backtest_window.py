"""What would have been said at past origins, beside the prices that followed: made here, or elsewhere in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.evaluation.candidate_outcomes import Record, record_of
from forecasting.evaluation.candidates import Candidates
from forecasting.evaluation.candidates_part import CandidatesPart
from forecasting.panel import Panel
from forecasting.selection.published import Published, publish
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsed:
    """The rehearsed series' prices and their past candidates, oldest first."""

    panel: Panel
    horizon: int
    candidates: tuple[Candidates, ...]

    def record(self, origin: int) -> Record:
        """Candidates from before the origin beside the outcomes that were known at it."""
        earlier = [one for one in self.candidates if one.origin < origin]
        return record_of(self.panel.until(origin), earlier, self.horizon)

    def publish(self, candidates: Candidates) -> Published:
        """What would have been published at the candidates' origin."""
        return publish(candidates, self.record(candidates.origin), self.panel.lattice)


def join(parts: Sequence[CandidatesPart], panel: Panel, horizon: int) -> Rehearsed:
    """All parts on one daily panel: the series every part and the panel know, origins the panel covers.

    Parts may have been made minutes apart: a series that came or went meanwhile is left out, not misplaced.
    """
    known = set(panel.keys).intersection(*(part.keys for part in parts))
    keys = [key for key in panel.keys if key in known] if parts else []
    found: dict[int, Candidates] = {}
    for part in parts:
        place = {key: row for row, key in enumerate(part.keys)}
        rows = [place[key] for key in keys]
        for day, candidates in zip(part.days, part.candidates, strict=True):
            origin = (day - panel.start).days
            if 0 <= origin < panel.steps - 1:
                found[origin] = _only(candidates, rows, origin)
    at = {key: row for row, key in enumerate(panel.keys)}
    ordered = tuple(found[origin] for origin in sorted(found))
    return Rehearsed(panel.only([at[key] for key in keys]), horizon, ordered)


def _only(candidates: Candidates, rows: list[int], origin: int) -> Candidates:
    def chosen(values: Floats) -> Floats:
        return np.asarray(values[rows])

    return replace(
        candidates,
        origin=origin,
        last=chosen(candidates.last),
        points={name: chosen(values) for name, values in candidates.points.items()},
        spreads={name: chosen(values) for name, values in candidates.spreads.items()},
        reference=chosen(candidates.reference),
        savings={days: chosen(values) for days, values in candidates.savings.items()},
        regrets={days: chosen(values) for days, values in candidates.regrets.items()},
    )
