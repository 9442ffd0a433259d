"""The skill, coverage, advice record and odds of a training, from cross-validated forecasts of past cutoffs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from forecasting.evaluation.advice_record import (
    PRIOR_REALISED,
    PRIOR_REGRET,
    decisions,
    figures,
    realised_at,
    regret_at,
)
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.examples import past_examples
from forecasting.evaluation.odds import ODDS_DAYS, correction, odds_scores, raw_odds, reliability, stated_odds
from forecasting.evaluation.scored_windows import ScoredWindows, score_windows
from forecasting.evaluation.skill import Skill, skill_of
from forecasting.forecasters.price_fall import SIZES
from forecasting.panel import horizon_parts
from forecasting.series import Floats

Share = float | None


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What past cutoffs say of the next advice: chance of regret, share of the expected saving that comes, odds.

    `odds` [sizes, spans] moves the chances of a fall, in log odds.
    """

    regret: float = PRIOR_REGRET
    realised: float = PRIOR_REALISED
    odds: Floats = field(default_factory=lambda: np.zeros((1, 1)))


@dataclass(frozen=True, slots=True, eq=False)
class TrackRecord:
    """Skill by cross-validated series, the scores of all of them together, and the windows that were scored."""

    keys: tuple[str, ...]
    skill: Skill | None
    scores: Mapping[str, Any]
    calibration: Calibration = field(default_factory=Calibration)
    scored: ScoredWindows | None = None

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
    panel, past, horizon = windows.seen, windows.candidates, windows.horizon
    if not past or not len(panel):
        return TrackRecord(panel.keys, None, {"origins": 0})
    scored = score_windows(windows, [one.cutoff for one in past], least_observed=least_observed)
    horizons = {str(part.stop): part.stop for part in horizon_parts(panel.freq, horizon)}
    advice = decisions(windows, scored.live, advice_days)
    odds = stated_odds(windows, scored.live)
    end = panel.steps - 1
    return TrackRecord(
        panel.keys,
        skill_of(scored.actual, scored.last, scored.points, scored.quantiles),
        {
            "origins": len(past),
            "horizons": scored.scores(horizons),
            "reference": scored.reference_scores(horizons),
            "advice": {str(advice_days): figures(advice, advice_days)},
            "examples": past_examples(scored, panel),
            "odds": odds_scores(odds, {str(days): days for days in ODDS_DAYS if days <= horizon}),
            "reliability": {
                f"{100 * size:g}": {str(days): reliability(odds, place, days) for days in ODDS_DAYS if days <= horizon}
                for place, size in enumerate(SIZES)
            },
        },
        Calibration(
            regret=regret_at(advice, end, advice_days),
            realised=realised_at(advice, end, advice_days),
            odds=correction(raw_odds(windows, scored.live), end),
        ),
        scored,
    )
