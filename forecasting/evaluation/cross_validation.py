"""Forecasts as they would have been made at past cutoffs, each from what was known then and nothing later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.features.feature_table import Features, features_of
from forecasting.forecasters.base import history_at
from forecasting.panel import Panel
from forecasting.selection.propose import candidates_at


@dataclass(frozen=True, slots=True, eq=False)
class CrossValidation:
    """What a cross-validation needs: the panel, its features, how far to look and which series to forecast."""

    panel: Panel
    features: Features
    horizon: int
    rows: tuple[int, ...]
    deadlines: tuple[int, ...] = ()

    def at(self, cutoff: int) -> Candidates:
        """The candidates from one cutoff."""
        past = history_at(self.panel, self.features, cutoff)
        return candidates_at(past, self.horizon, self.rows, self.deadlines)

    def only(self, series: list[int]) -> CrossValidation:
        """The same preparation for the chosen series alone, all of which are forecast."""
        if len(series) == len(self.panel):
            return self
        rows = tuple(range(len(series)))
        return replace(self, panel=self.panel.only(series), features=self.features.only(series), rows=rows)


def prepare(
    panel: Panel, horizon: int, rows: Sequence[int] | None = None, deadlines: Sequence[int] = ()
) -> CrossValidation:
    """Prepare a cross-validation of all series, or of the chosen rows."""
    chosen = range(len(panel)) if rows is None else rows
    return CrossValidation(panel, features_of(panel), horizon, tuple(chosen), tuple(deadlines))


def cross_validate(
    prepared: CrossValidation,
    cutoffs: Sequence[int],
    *,
    n_processes: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Candidates]:
    """The candidates at every cutoff, in order; on several processes when asked (each single-threaded)."""
    if n_processes <= 1 or len(cutoffs) <= 1:
        candidates_list = []
        for done, cutoff in enumerate(cutoffs, 1):
            candidates_list.append(prepared.at(cutoff))
            progress(done)
        return candidates_list
    # spawned, not forked: LightGBM's OpenMP does not survive a fork
    context = get_context("spawn")
    with ProcessPoolExecutor(n_processes, mp_context=context, initializer=_take_prepared, initargs=(prepared,)) as pool:
        candidates_list = []
        for done, candidates in enumerate(pool.map(_at, cutoffs), 1):
            candidates_list.append(candidates)
            progress(done)
        return candidates_list


_PREPARED: list[CrossValidation] = []


def _take_prepared(prepared: CrossValidation) -> None:
    _PREPARED[:] = [prepared]


def _at(cutoff: int) -> Candidates:
    return _PREPARED[0].at(cutoff)


def live_rows(panel: Panel, step: int, least_observed: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which series have a price at `step` and enough observed steps by then [series]."""
    enough = panel.observed[:, : step + 1].sum(axis=1) >= least_observed
    return np.asarray(enough & np.isfinite(panel.prices[:, step]))
