"""A whole backtest: candidates at every cutoff, a published forecast at the scored ones, and its scores."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.evaluation.advice_record import decisions, followed
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.cross_validation import cross_validate, live_rows, prepare
from forecasting.evaluation.cutoffs import LEAST_OBSERVED, Cutoffs
from forecasting.evaluation.scores import naive_scale, scores
from forecasting.features.outcomes import ledger_of
from forecasting.panel import DAYS_A_STEP, Panel
from forecasting.policy.advise import ADVICE_DAYS
from forecasting.series import Floats

DEADLINES = (ADVICE_DAYS, 30)


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """The published forecasts of the scored cutoffs beside the reference and the truth, and all candidates.

    Arrays are [series, cutoffs, horizon(, 13)]; actual is nan where no price was seen or the series had too
    little history at that cutoff.
    """

    panel: Panel
    cutoffs: Cutoffs
    candidates: tuple[Candidates, ...]
    actual: Floats
    last: Floats
    scale: Floats
    forecast: tuple[Floats, Floats]
    reference: tuple[Floats, Floats]
    chosen: tuple[Mapping[str, Any], ...]
    seconds: float


def run_backtest(
    panel: Panel,
    cutoffs: Cutoffs,
    horizon: int,
    *,
    n_processes: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> Backtest:
    """Forecast from every cutoff with what was known then; only this function ever sees the future."""
    began = time.perf_counter()
    deadlines = sorted(set(advice_steps(panel).values()))
    prepared = prepare(panel, horizon, deadlines=deadlines)
    every = cross_validate(prepared, cutoffs.windows + cutoffs.scored, n_processes=n_processes, progress=progress)
    windows = BacktestWindows(panel, horizon, tuple(every))
    scored = every[len(cutoffs.windows) :]
    published = [windows.publish(one) for one in scored]
    ledger = ledger_of(panel, cutoffs.scored, horizon)
    live = np.stack([live_rows(panel, step, LEAST_OBSERVED[panel.freq]) for step in cutoffs.scored], axis=1)
    last = ledger.last
    return Backtest(
        panel=panel,
        cutoffs=cutoffs,
        candidates=tuple(every),
        actual=np.where(live[:, :, None], ledger.outcomes, np.nan),
        last=last,
        scale=np.stack([naive_scale(panel.until(step)) for step in cutoffs.scored], axis=1),
        forecast=(
            np.stack([one.point for one in published], axis=1),
            np.stack([one.quantiles for one in published], axis=1),
        ),
        reference=(
            np.repeat(last[:, :, None], horizon, axis=2),
            last[:, :, None, None] * np.exp(np.stack([one.reference for one in scored], axis=1)),
        ),
        chosen=tuple(one.chosen for one in published),
        seconds=time.perf_counter() - began,
    )


def report(result: Backtest, horizons: Mapping[str, int]) -> dict[str, Any]:
    """The public figures as plain JSON values."""
    fits = int(np.isfinite(result.last).sum()) + len(result.panel) * len(result.cutoffs.windows)
    return {
        "series": len(result.panel),
        "origins": len(result.cutoffs.scored),
        "lattice": result.panel.freq,
        "horizons": scores(result.actual, result.last, result.scale, result.forecast, horizons),
        "reference": scores(result.actual, result.last, result.scale, result.reference, horizons),
        "advice": {str(days): _advice(result, steps) for days, steps in advice_steps(result.panel).items()},
        "chosen": dict(result.chosen[-1]),
        "seconds": round(result.seconds, 2),
        "fits_per_second": round(fits / result.seconds, 1),
    }


def advice_steps(panel: Panel) -> dict[int, int]:
    """The deadlines of the advice in steps of the panel."""
    return {days: max(1, round(days / DAYS_A_STEP[panel.freq])) for days in DEADLINES}


def _advice(result: Backtest, steps: int) -> dict[str, float | int | None]:
    """The advice of the scored cutoffs, given only while its record of then paid."""
    panel = result.panel
    usable = np.stack([live_rows(panel, one.cutoff, LEAST_OBSERVED[panel.freq]) for one in result.candidates], axis=1)
    scored = decisions(panel, result.candidates, usable, steps)
    return followed(scored, result.cutoffs.scored[0], steps)
