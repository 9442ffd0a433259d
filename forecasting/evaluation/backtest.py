"""A whole backtest: rehearse every origin, publish at the scored ones, and judge what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasting.evaluation.backtest_window import Rehearsed
from forecasting.evaluation.candidates import Candidates
from forecasting.evaluation.cross_validation import live_rows, rehearse, stage
from forecasting.evaluation.cutoffs import LEAST_OBSERVED, Origins
from forecasting.evaluation.scores import naive_scale, scores
from forecasting.features.outcomes import ledger_of
from forecasting.panel import DAYS_A_STEP, Panel
from forecasting.policy.advice_record import decisions, followed
from forecasting.series import Floats

ADVICE_DAYS = (14, 30)


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """The published forecasts of the scored origins beside the reference and the truth, and all candidates.

    Arrays are [series, origins, horizon(, 13)]; actual is nan where no price was seen or the series had too
    little history at that origin.
    """

    panel: Panel
    origins: Origins
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
    origins: Origins,
    horizon: int,
    *,
    n_threads: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> Backtest:
    """Forecast from every origin with what was known then; only this function ever sees the future."""
    began = time.perf_counter()
    deadlines = sorted(set(advice_steps(panel).values()))
    prepared = stage(panel, horizon, deadlines=deadlines)
    every = rehearse(prepared, origins.rehearsed + origins.scored, n_threads=n_threads, progress=progress)
    rehearsed = Rehearsed(panel, horizon, tuple(every))
    scored = every[len(origins.rehearsed) :]
    published = [rehearsed.publish(one) for one in scored]
    ledger = ledger_of(panel, origins.scored, horizon)
    live = np.stack([live_rows(panel, step, LEAST_OBSERVED[panel.lattice]) for step in origins.scored], axis=1)
    last = ledger.last
    return Backtest(
        panel=panel,
        origins=origins,
        candidates=tuple(every),
        actual=np.where(live[:, :, None], ledger.outcomes, np.nan),
        last=last,
        scale=np.stack([naive_scale(panel.until(step)) for step in origins.scored], axis=1),
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
    fits = int(np.isfinite(result.last).sum()) + len(result.panel) * len(result.origins.rehearsed)
    return {
        "series": len(result.panel),
        "origins": len(result.origins.scored),
        "lattice": result.panel.lattice,
        "horizons": scores(result.actual, result.last, result.scale, result.forecast, horizons),
        "reference": scores(result.actual, result.last, result.scale, result.reference, horizons),
        "advice": {str(days): _advice(result, steps) for days, steps in advice_steps(result.panel).items()},
        "chosen": dict(result.chosen[-1]),
        "seconds": round(result.seconds, 2),
        "fits_per_second": round(fits / result.seconds, 1),
    }


def advice_steps(panel: Panel) -> dict[int, int]:
    """The deadlines of the advice in steps of the panel."""
    return {days: max(1, round(days / DAYS_A_STEP[panel.lattice])) for days in ADVICE_DAYS}


def _advice(result: Backtest, steps: int) -> dict[str, float | int | None]:
    """The advice of the scored origins, given only while its record of then paid."""
    panel = result.panel
    usable = np.stack(
        [live_rows(panel, one.origin, LEAST_OBSERVED[panel.lattice]) for one in result.candidates], axis=1
    )
    judged = decisions(panel, result.candidates, usable, steps)
    return followed(judged, result.origins.scored[0], steps)
