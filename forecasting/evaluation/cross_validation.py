"""Forecasts as they would have been made at past origins, each from what was known then and nothing later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np

from forecasting.evaluation.candidates import Candidates, candidates_at
from forecasting.features.feature_table import Features, features_of
from forecasting.forecasters.base import past_at
from forecasting.panel import Panel


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What a rehearsal needs: the panel, its features, how far to look and which series to forecast."""

    panel: Panel
    features: Features
    horizon: int
    rows: tuple[int, ...]
    deadlines: tuple[int, ...] = ()

    def at(self, origin: int) -> Candidates:
        """The candidates from one origin."""
        past = past_at(self.panel, self.features, origin)
        return candidates_at(past, self.horizon, self.rows, self.deadlines)

    def only(self, series: list[int]) -> Stage:
        """The same preparation for the chosen series alone, all of which are forecast."""
        if len(series) == len(self.panel):
            return self
        rows = tuple(range(len(series)))
        return replace(self, panel=self.panel.only(series), features=self.features.only(series), rows=rows)


def stage(panel: Panel, horizon: int, rows: Sequence[int] | None = None, deadlines: Sequence[int] = ()) -> Stage:
    """Prepare a rehearsal of all series, or of the chosen rows."""
    chosen = range(len(panel)) if rows is None else rows
    return Stage(panel, features_of(panel), horizon, tuple(chosen), tuple(deadlines))


def rehearse(
    prepared: Stage,
    origins: Sequence[int],
    *,
    n_threads: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Candidates]:
    """The candidates at every origin, in order; on several processes when asked (each single-threaded)."""
    if n_threads <= 1 or len(origins) <= 1:
        found = []
        for done, origin in enumerate(origins, 1):
            found.append(prepared.at(origin))
            progress(done)
        return found
    # spawned, not forked: LightGBM's OpenMP does not survive a fork
    context = get_context("spawn")
    with ProcessPoolExecutor(n_threads, mp_context=context, initializer=_take_stage, initargs=(prepared,)) as pool:
        found = []
        for done, candidates in enumerate(pool.map(_at, origins), 1):
            found.append(candidates)
            progress(done)
        return found


_STAGE: list[Stage] = []


def _take_stage(prepared: Stage) -> None:
    _STAGE[:] = [prepared]


def _at(origin: int) -> Candidates:
    return _STAGE[0].at(origin)


def live_rows(panel: Panel, step: int, least_observed: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which series have a price at `step` and enough observed steps by then [series]."""
    enough = panel.observed[:, : step + 1].sum(axis=1) >= least_observed
    return np.asarray(enough & np.isfinite(panel.prices[:, step]))
