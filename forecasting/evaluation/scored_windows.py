"""What would have been published at past cutoffs beside what came: one scoring of it for every use.

The backtest of a file, the record of a training and the leaderboard all score these arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.cross_validation import live_rows
from forecasting.evaluation.scores import Figures, naive_scale, scores
from forecasting.features.outcomes import ledger_of
from forecasting.panel import Panel
from forecasting.product_forecast import PastPaths
from forecasting.series import Bools, Floats


@dataclass(frozen=True, slots=True, eq=False)
class ScoredWindows:
    """Arrays [series, cutoffs, horizon(, 13)] in prices; actual is nan where nothing was seen or a series was not live.

    last and scale [series, cutoffs]: the price at the cutoff, and the unit of the scaled error.
    """

    cutoffs: tuple[int, ...]
    actual: Floats
    last: Floats
    scale: Floats
    live: Bools
    quantiles: Floats
    points: Floats
    reference: Floats
    chosen: tuple[Mapping[str, Any], ...]

    def scores(self, horizons: Mapping[str, int]) -> dict[str, Figures]:
        """The published forecasts' figures by horizon."""
        return scores(self.actual, self.last, self.scale, (self.points, self.quantiles), horizons)

    def reference_scores(self, horizons: Mapping[str, int]) -> dict[str, Figures]:
        """The same of the last price with pooled conformal intervals."""
        return scores(self.actual, self.last, self.scale, (self.naive, self.reference), horizons)

    def past_paths(self, panel: Panel) -> PastPaths:
        """The medians relative to the last price, of the panel that was scored."""
        paths = np.where(self.live[:, :, None], np.log(self.points / self.last[:, :, None]), np.nan)
        return PastPaths(panel.keys, tuple(panel.day(cutoff) for cutoff in self.cutoffs), paths.swapaxes(0, 1))

    @property
    def naive(self) -> Floats:
        """The last price as a path [series, cutoffs, horizon]."""
        return np.repeat(self.last[:, :, None], self.actual.shape[2], axis=2)


def score_windows(windows: BacktestWindows, cutoffs: Sequence[int], *, least_observed: int) -> ScoredWindows:
    """Publish at the cutoffs with what was known then, and put the outcomes beside it."""
    panel = windows.seen
    by_cutoff: dict[int, Candidates] = {one.cutoff: one for one in windows.candidates}
    past = [by_cutoff[cutoff] for cutoff in cutoffs]
    published = [windows.publish(one) for one in past]
    ledger = ledger_of(panel, tuple(cutoffs), windows.horizon)
    live = np.stack([live_rows(panel, step, least_observed) for step in cutoffs], axis=1)
    return ScoredWindows(
        cutoffs=tuple(cutoffs),
        actual=np.where(live[:, :, None], ledger.outcomes, np.nan),
        last=ledger.last,
        scale=np.stack([naive_scale(panel.until(step)) for step in cutoffs], axis=1),
        live=live,
        quantiles=np.stack([one.quantiles for one in published], axis=1),
        points=np.stack([one.point for one in published], axis=1),
        reference=ledger.last[:, :, None, None] * np.exp(np.stack([one.reference for one in past], axis=1)),
        chosen=tuple(one.chosen for one in published),
    )


def live_at(windows: BacktestWindows, least_observed: int) -> Bools:
    """Which series were live at every cutoff of the windows [series, cutoffs]."""
    return np.stack([live_rows(windows.seen, one.cutoff, least_observed) for one in windows.candidates], axis=1)
