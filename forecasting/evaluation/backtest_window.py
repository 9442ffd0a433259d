"""The candidate forecasts of past cutoffs beside the prices that followed: made here, or in parts by other workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.candidates.part import CandidatesPart
from forecasting.candidates.published import Published
from forecasting.candidates.record import Record, record_of
from forecasting.market.tax_steps import TaxSteps, learned_pass_through, log_steps, net_of_tax, taxed, taxed_savings
from forecasting.panel import Panel
from forecasting.policy.advise import still_waits
from forecasting.selection.publish import publish
from forecasting.series import Bools, Floats


@dataclass(frozen=True, slots=True, eq=False)
class BacktestWindows:
    """The cross-validated series' prices as they stood on the shelf, and their past candidates, oldest first.

    What is learned at a cutoff is learned from prices without the steps of a tax so far.
    """

    seen: Panel
    horizon: int
    candidates: tuple[Candidates, ...]
    taxes: TaxSteps = field(default_factory=dict)

    def record(self, cutoff: int) -> Record:
        """Candidates from before the cutoff beside the outcomes that were known at it."""
        earlier = [one for one in self.candidates if one.cutoff < cutoff]
        return record_of(net_of_tax(self.seen.until(cutoff), self.taxes), earlier, self.horizon)

    def publish(self, candidates: Candidates) -> Published:
        """The forecast that would have been published at the candidates' cutoff, with the taxes announced by then."""
        known = self.seen.until(candidates.cutoff)
        on_the_shelf = replace(candidates, last=known.prices[:, -1])  # its own may come from another worker
        return with_taxes(publish(on_the_shelf, self.record(candidates.cutoff), known.freq), known, self.taxes)

    def expected_savings(self, candidates: Candidates, steps: int) -> Floats:
        """What waiting was expected to save at the candidates' cutoff, in logs [series], with the taxes known then."""
        known = self.seen.until(candidates.cutoff)
        return taxed_savings(candidates.savings[steps], known, self.taxes, steps)

    def waits_on(self, candidates: Candidates, steps: int) -> Bools:
        """Whether who waits is told on each later day to wait on [series, steps - 1], with the taxes known then."""
        later = candidates.later.get(steps)
        if later is None:
            return np.ones((len(self.seen), steps - 1), dtype=bool)
        expected = later.copy()
        for ahead in range(1, steps):
            if self.taxes and candidates.cutoff + ahead < self.seen.steps:
                known = self.seen.until(candidates.cutoff + ahead)
                expected[:, ahead - 1] = taxed_savings(expected[:, ahead - 1], known, self.taxes, steps - ahead)
        return still_waits(expected)


def with_taxes(published: Published, known: Panel, taxes: TaxSteps) -> Published:
    """A forecast from the last step of `known`, with the taxes that had been announced by then."""
    if not taxes:
        return published
    moves = log_steps(known, taxes, published.quantiles.shape[1])
    return taxed(published, moves, learned_pass_through(known, taxes))


def join(parts: Sequence[CandidatesPart], panel: Panel, horizon: int, taxes: TaxSteps | None = None) -> BacktestWindows:
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
                by_cutoff[cutoff] = candidates.only(rows, cutoff)
    at = {key: row for row, key in enumerate(panel.keys)}
    ordered = tuple(by_cutoff[cutoff] for cutoff in sorted(by_cutoff))
    return BacktestWindows(panel.only([at[key] for key in keys]), horizon, ordered, taxes or {})
