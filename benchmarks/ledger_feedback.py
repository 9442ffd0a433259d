"""What feeding the ledger back into the next forecast changes: real prices, published week by week, with and without.

Run with `python -m benchmarks.run ledger_feedback`; the prices are read from ../shared or OILWATCH_SHARED.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from benchmarks.forecasting import PROCESSES, SETS, folder
from forecasting.calibration.feedback import corrected, learn_feedback
from forecasting.calibration.published_history import PublishedPast
from forecasting.candidates.published import Published
from forecasting.evaluation.backtest import Backtest, run_backtest
from forecasting.evaluation.cutoffs import Cutoffs
from forecasting.evaluation.scores import scores
from forecasting.market.tax_steps import TaxStep, log_steps, taxed
from forecasting.offline.read_prices import read_prices
from forecasting.panel import UNIX_EPOCH, Panel, horizon_parts
from forecasting.series import Floats

HORIZON, WEEK, FIRST, MOST = 30, 7, 41, 60
LABELS = ("Spanish oil shelves", "Ocado basket", "Indonesian cooking oil", "Olive oil, producer prices")
# Spain's VAT rose on this day from 0 to 2 % on olive oil, and from 5 to 7.5 % on seed oils (Real Decreto-ley 4/2024).
VAT = date(2024, 10, 1)
OLIVE, SEED = TaxStep(VAT, 1.02), TaxStep(VAT, 1.075 / 1.05)
HEAD = (
    "| set | published | h | n | MAE / last price | CRPS % | in 80 % | in 95 % |",
    "|---|---|---|---|---|---|---|---|",
)


def section() -> str:
    """The replay's part of the benchmark report, as Markdown."""
    if not folder().exists():
        return "## The ledger, fed back\n\nThe real prices are not here (../shared or OILWATCH_SHARED).\n"
    rows = list(HEAD)
    for label in LABELS:
        panel = read_prices(folder() / SETS[label])
        result = run_backtest(panel, weekly(panel), HORIZON, n_processes=PROCESSES)
        rows += _rows(label, result, replay(result))
    return "\n".join(
        [
            "## The ledger, fed back",
            "",
            "Published every week, each time with and without what the outcomes of the weeks before say; days 1..h.",
            "Outcomes teach only what comes after them: they widen bands that were missed for weeks, and cannot mend",
            "the month before a tax rises. There forecasts have to know the tax.",
            "",
            *rows,
            "",
        ]
    )


def weekly(panel: Panel) -> Cutoffs:
    """Cutoffs a week apart that each leave a week to observe: the first three are cross-validated."""
    cutoffs = list(range(panel.steps - 1 - WEEK, FIRST - 1, -WEEK))[:MOST][::-1]
    return Cutoffs(tuple(cutoffs[:3]), tuple(cutoffs[3:]))


def replay(result: Backtest) -> tuple[Floats, Floats]:
    """Points [series, origins, horizon] and quantiles [..., 13] as they go out when each learns from those before."""
    points, quantiles = (values.copy() for values in result.forecast)
    parts = horizon_parts("daily", HORIZON)
    steps = result.cutoffs.scored
    for place in range(1, len(steps)):
        known = _past(result, points[:, :place], quantiles[:, :place])
        feedback = learn_feedback(known, result.panel.day(steps[place]), parts)
        chosen: Mapping[str, Any] = result.chosen[place]
        text = Published(steps[place], result.last[:, place], points[:, place], quantiles[:, place], chosen)
        out = corrected(text, feedback, parts)
        points[:, place], quantiles[:, place] = out.point, out.quantiles
    return points, quantiles


def _past(result: Backtest, points: Floats, quantiles: Floats) -> PublishedPast:
    count = points.shape[1]
    days = np.array([(result.panel.day(step) - UNIX_EPOCH).days for step in result.cutoffs.scored[:count]])
    live = np.isfinite(result.last[:, :count])
    cutoffs = np.broadcast_to(days, live.shape)[live]
    actual = result.actual[:, :count][live]
    return PublishedPast(cutoffs, result.last[:, :count][live], points[live], quantiles[live], actual)


def _rows(label: str, result: Backtest, fed: tuple[Floats, Floats]) -> list[str]:
    """All origins; around the VAT change, those before it whose days reach it, and those after, apart."""
    days = np.array([result.panel.day(step) for step in result.cutoffs.scored])
    parts = {"all weeks": np.ones(len(days), dtype=bool)}
    if label == "Spanish oil shelves":
        reach = np.array([(VAT - day).days for day in days])
        parts |= {"the month before the VAT change": (reach > 0) & (reach <= HORIZON), "after it": reach <= 0}
    shown = _shown(result) if label == "Spanish oil shelves" else None
    return [row for name, chosen in parts.items() for row in _table(f"{label}, {name}", result, fed, shown, chosen)]


def _shown(result: Backtest) -> tuple[Floats, Floats]:
    """The forecasts without feedback, knowing the tax before its day."""
    points, quantiles = (values.copy() for values in result.forecast)
    keys = result.panel.keys
    steps = {key: [SEED if "|girasol|" in key else OLIVE] for key in keys}
    for place, step in enumerate(result.cutoffs.scored):
        text = Published(step, result.last[:, place], points[:, place], quantiles[:, place], result.chosen[place])
        out = taxed(text, log_steps(keys, steps, result.panel.day(step), HORIZON))
        points[:, place], quantiles[:, place] = out.point, out.quantiles
    return points, quantiles


def _table(
    label: str, result: Backtest, fed: tuple[Floats, Floats], shown: tuple[Floats, Floats] | None, chosen: Any
) -> list[str]:
    rows = []
    forecasts = {"without": result.forecast, "with feedback": fed}
    if shown is not None:
        forecasts["knowing the tax"] = shown
    for name, (points, quantiles) in forecasts.items():
        figures = scores(
            result.actual[:, chosen],
            result.last[:, chosen],
            result.scale[:, chosen],
            (points[:, chosen], quantiles[:, chosen]),
            {"7": 7, "30": 30},
        )
        rows += [
            f"| {label} | {name} | {key} | {row['n']} | {row['rel_mae']:.3f} | {row['crps_pct']:.2f} | "
            f"{row['coverage_80']:.1%} | {row['coverage_95']:.1%} |"
            for key, row in figures.items()
        ]
    return rows
