"""The skill, coverage and advice record of a training, from cross-validated forecasts of past cutoffs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasting.evaluation.advice_record import decisions, figures
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.cross_validation import live_rows
from forecasting.evaluation.scores import naive_scale, scores
from forecasting.evaluation.skill import Skill, skill_of
from forecasting.features.outcomes import ledger_of
from forecasting.panel import horizon_parts
from forecasting.series import Floats

Share = float | None


@dataclass(frozen=True, slots=True, eq=False)
class TrackRecord:
    """Skill by cross-validated series, and the scores of all of them together."""

    keys: tuple[str, ...]
    skill: Skill | None
    scores: Mapping[str, Any]

    def of(self, key: str) -> tuple[Share, Share, Share]:
        """Relative error and both coverages of a product: its own, or the catalogue's if not cross-validated."""
        if self.skill is None:
            return None, None, None
        figures = (self.skill.relative_error, self.skill.coverage_80, self.skill.coverage_95)
        place = self.keys.index(key) if key in self.keys else None
        error, inside_80, inside_95 = (float(values.mean() if place is None else values[place]) for values in figures)
        return error, inside_80, inside_95


def track_record(windows: BacktestWindows, *, advice_days: int, least_observed: int) -> TrackRecord:
    """Publish at every past cutoff from what was known then, and compare with the prices observed since.

    `reference` in the scores is the last price with pooled conformal intervals at the same cutoffs: what any
    forecast must be compared with before it is called good.
    """
    panel, past, horizon = windows.panel, windows.candidates, windows.horizon
    if not past or not len(panel):
        return TrackRecord(panel.keys, None, {"origins": 0})
    published = [windows.publish(one) for one in past]
    steps = tuple(one.cutoff for one in past)
    ledger = ledger_of(panel, steps, horizon)
    live = np.stack([live_rows(panel, step, least_observed) for step in steps], axis=1)
    actual = np.where(live[:, :, None], ledger.outcomes, np.nan)
    points = np.stack([one.point for one in published], axis=1)
    spread = np.stack([one.quantiles for one in published], axis=1)
    horizons = {str(part.stop): part.stop for part in horizon_parts(panel.freq, horizon)}
    scale = np.stack([naive_scale(panel.until(step)) for step in steps], axis=1)
    record = figures(decisions(panel, past, live, advice_days), advice_days)
    return TrackRecord(
        panel.keys,
        skill_of(actual, ledger.last, points, spread),
        {
            "origins": len(past),
            "horizons": scores(actual, ledger.last, scale, (points, spread), horizons),
            "reference": scores(actual, ledger.last, scale, _reference(windows, ledger.last), horizons),
            "advice": {str(advice_days): record},
        },
    )


def _reference(windows: BacktestWindows, last: Floats) -> tuple[Floats, Floats]:
    offsets = np.stack([one.reference for one in windows.candidates], axis=1)
    return np.repeat(last[:, :, None], windows.horizon, axis=2), last[:, :, None, None] * np.exp(offsets)
