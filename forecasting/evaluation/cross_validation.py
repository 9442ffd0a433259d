"""Forecasts as they would have been made at past cutoffs, each from what was known then and nothing later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.features.feature_table import features_at_end
from forecasting.features.features_in_memory import features_in_memory
from forecasting.forecasters.base import History, history_at
from forecasting.market.tax_steps import TaxSteps, net_of_tax
from forecasting.panel import Panel
from forecasting.selection.propose import MOST_TRAIN, Known, candidates_at, known_of, later_savings, spread


@dataclass(frozen=True, slots=True, eq=False)
class CrossValidation:
    """What a cross-validation needs: prices as seen, taxes, how far to look and which series to forecast.

    Features are made once for each tax that held, when a cutoff first asks for them: what is learned at a cutoff knows
    the steps of a tax up to its day and, to the last bit, none after it. The last `peers` series of the panel are other
    shops': learned from, and not forecast. `learn` are the rows that today's models learn from; without any, a spread.
    """

    panel: Panel
    horizon: int
    rows: tuple[int, ...]
    deadlines: tuple[int, ...] = ()
    taxes: TaxSteps = field(default_factory=dict)
    contenders: tuple[str, ...] = ()
    peers: int = 0
    learn: tuple[int, ...] = ()
    made: dict[int, History] = field(default_factory=dict)

    def at(self, cutoff: int) -> Candidates:
        """The candidates from one cutoff."""
        whole = self.whole(cutoff)
        known = known_of(history_at(whole.panel, whole.features, cutoff), self.rows, self.peers)
        made = candidates_at(known, self.horizon, self.deadlines, self.contenders)
        return replace(made, later=later_savings(made, known.train, whole.features, self.rows))

    def today(self) -> Candidates:
        """The candidates from the panel's last day; of series nothing is learned from, only that day is looked at."""
        if len(self.panel) <= MOST_TRAIN:
            return self.at(self.panel.steps - 1)
        net = net_of_tax(self.panel, self.taxes)
        learned, chosen = net.only(self.learn or spread(len(net), MOST_TRAIN)), net.only(self.rows)
        train, target = History(learned, features_in_memory(learned)), History(chosen, features_at_end(chosen))
        return candidates_at(Known(train, target, net, self.rows), self.horizon, self.deadlines, self.contenders)

    def only(self, series: list[int]) -> CrossValidation:
        """The same preparation for the chosen series alone, all of which are forecast."""
        if len(series) == len(self.panel):
            return self
        made = {first: past.only(series) for first, past in self.made.items()}
        return replace(self, panel=self.panel.only(series), rows=tuple(range(len(series))), made=made)

    def whole(self, cutoff: int) -> History:
        """Net prices and features of all days, without the steps up to the cutoff."""
        days = {self.panel.place(step.day) for own in self.taxes.values() for step in own}
        first = max((day for day in days if day <= cutoff), default=0)
        if first not in self.made:
            net = net_of_tax(self.panel, self.taxes, until=cutoff)
            self.made[first] = History(net, features_in_memory(net))
        return self.made[first]


def prepare(
    panel: Panel,
    horizon: int,
    rows: Sequence[int] | None = None,
    deadlines: Sequence[int] = (),
    taxes: TaxSteps | None = None,
    contenders: Sequence[str] = (),
    peers: int = 0,
) -> CrossValidation:
    """Prepare a cross-validation of all series but the last `peers`, or of the chosen rows.

    Contenders are names of forecasters.
    """
    chosen = range(len(panel) - peers) if rows is None else rows
    return CrossValidation(panel, horizon, tuple(chosen), tuple(deadlines), taxes or {}, tuple(contenders), peers)


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
