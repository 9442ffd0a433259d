"""A whole backtest of a price table: candidates at every cutoff, what would have been published, and its scores."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from forecasting.candidates.candidates import Candidates
from forecasting.evaluation.advice_record import decisions, followed
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.cross_validation import cross_validate, prepare
from forecasting.evaluation.cutoffs import LEAST_OBSERVED, Cutoffs
from forecasting.evaluation.odds import ODDS_DAYS, odds_scores, stated_odds
from forecasting.evaluation.scored_windows import ScoredWindows, live_at, score_windows
from forecasting.market.tax_steps import TaxSteps
from forecasting.panel import DAYS_A_STEP, Panel
from forecasting.policy.advice_days import ADVICE_DAYS

DEADLINES = (ADVICE_DAYS, 30)


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """The scored forecasts, the windows they were chosen by, and how long it took."""

    windows: BacktestWindows
    cutoffs: Cutoffs
    scored: ScoredWindows
    seconds: float

    @property
    def panel(self) -> Panel:
        """The prices as they stood on the shelf."""
        return self.windows.seen

    @property
    def candidates(self) -> tuple[Candidates, ...]:
        """The candidates of every cutoff."""
        return self.windows.candidates


def run_backtest(
    panel: Panel,
    cutoffs: Cutoffs,
    horizon: int,
    *,
    taxes: TaxSteps | None = None,
    peers: int = 0,
    n_processes: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> Backtest:
    """Forecast from every cutoff with what was known then; only this function ever sees the future.

    The last `peers` series of the panel are other shops': learned from, and neither forecast nor scored.

    The path is the product's own: models learn from prices without past steps of a tax, the same choice is made of the
    candidates, and a tax counts from the day it was announced.
    """
    began = time.perf_counter()
    deadlines = sorted(set(advice_steps(panel).values()))
    prepared = prepare(panel, horizon, deadlines=deadlines, taxes=taxes, peers=peers)
    every = cross_validate(prepared, cutoffs.windows + cutoffs.scored, n_processes=n_processes, progress=progress)
    own = panel.only(prepared.rows) if peers else panel
    windows = BacktestWindows(own, horizon, tuple(every), taxes or {})
    scored = score_windows(windows, cutoffs.scored, least_observed=LEAST_OBSERVED[panel.freq])
    return Backtest(windows, cutoffs, scored, time.perf_counter() - began)


def report(result: Backtest, horizons: Mapping[str, int]) -> dict[str, Any]:
    """The public figures as plain JSON values."""
    forecasts = int(result.scored.live.sum()) + len(result.panel) * len(result.cutoffs.windows)
    return {
        "series": len(result.panel),
        "origins": len(result.cutoffs.scored),
        "lattice": result.panel.freq,
        "horizons": result.scored.scores(horizons),
        "reference": result.scored.reference_scores(horizons),
        "advice": {str(days): _advice(result, steps) for days, steps in advice_steps(result.panel).items()},
        "odds": _odds(result),
        "chosen": dict(result.scored.chosen[-1]),
        "seconds": round(result.seconds, 2),
        "fits_per_second": round(forecasts / result.seconds, 1),
    }


def advice_steps(panel: Panel) -> dict[int, int]:
    """The deadlines of the advice in steps of the panel."""
    return {days: max(1, round(days / DAYS_A_STEP[panel.freq])) for days in DEADLINES}


def _advice(result: Backtest, steps: int) -> dict[str, float | int | None]:
    """The advice of the scored cutoffs, given only while its record of then paid."""
    usable = live_at(result.windows, LEAST_OBSERVED[result.panel.freq])
    return followed(decisions(result.windows, usable, steps), result.cutoffs.scored[0], steps)


def _odds(result: Backtest) -> dict[str, Any]:
    """How the stated chances of a fall came true at the scored cutoffs."""
    stated = stated_odds(result.windows, live_at(result.windows, LEAST_OBSERVED[result.panel.freq]))
    first = result.cutoffs.scored[0]
    days = {str(days): max(1, round(days / DAYS_A_STEP[result.panel.freq])) for days in ODDS_DAYS}
    return odds_scores([one for one in stated if one.cutoff >= first], days)
