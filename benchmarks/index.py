"""How well the sum of the products' forecasts tells where a grade's index goes, and whether its bands hold.

Run with `python -m benchmarks.run index`; the prices are read from ../shared or OILWATCH_SHARED.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.forecasting import PROCESSES, folder, spanish_taxes
from forecasting.evaluation.backtest import run_backtest
from forecasting.evaluation.cutoffs import LEAST_OBSERVED, choose_cutoffs
from forecasting.evaluation.scored_windows import ScoredWindows, score_windows
from forecasting.evaluation.scores import Score, score
from forecasting.index_forecast import IndexInputs, index_forecasts
from forecasting.market.grade_index import GradeIndex, table_index
from forecasting.market.tax_steps import TaxSteps
from forecasting.offline.read_prices import read_prices
from forecasting.panel import Panel
from forecasting.product_forecast import PastPaths
from forecasting.series import Floats

SHELVES = "facua_oils_daily.csv.gz"
BASKETS = {"olive oil": "|oliva|", "sunflower oil": "|girasol|"}
HORIZON, GOAL = 30, 0.80
HEAD = (
    "| taxes | index | products | n | MAE / last value | same, of the products | CRPS % | in 80 % | in 95 % |",
    "|---|---|---|---|---|---|---|---|---|",
)
ABOUT = f"""Two indices of Spanish shelves, 127 days, days 1..{HORIZON} from the backtest's scored cutoffs, which all
see one VAT change. The path is the mean of the products' published ones; the bands rest on what was known at the
cutoff. Known taxes are those of oilwatch's own table, from the day they were printed. "Of the products" compares with
the mean change since the cutoff of the products seen on a day: the chained index does not count a product that is gone
for more than a fortnight."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Values [cutoffs, horizon(, 13)] relative to the last one: what came, what was forecast, what the products did."""

    actual: Floats
    point: Floats
    quantiles: Floats
    products: Floats


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    head = ["## Indices as the sum of their products", "", ABOUT, ""]
    if not folder().exists():
        return "\n".join([*head, "The real prices are not here (../shared or OILWATCH_SHARED): nothing was measured."])
    panel = read_prices(folder() / SHELVES)
    rows, reached = list(HEAD), []
    for label, taxes in (("unknown", {}), ("known", spanish_taxes(panel))):
        outcomes = index_outcomes(panel, taxes)
        for name, part in BASKETS.items():
            rows.append(_row(label, name, sum(part in key for key in panel.keys), [outcomes[name]]))
        rows.append(_row(label, "both", len(panel), list(outcomes.values())))
        both = _scored([one.actual for one in outcomes.values()], list(outcomes.values())).rel_mae or 0.0
        reached.append(f"with taxes {label} {both:.3f} ({'held' if both <= GOAL else 'MISSED'})")
    return "\n".join([*head, *rows, "", f"Goal, at most {GOAL:.2f} for both: {', '.join(reached)}."])


def index_outcomes(panel: Panel, taxes: TaxSteps) -> dict[str, Outcomes]:
    """Each basket's forecasts from every scored cutoff beside what came."""
    cutoffs = choose_cutoffs(panel, HORIZON)
    result = run_backtest(panel, cutoffs, HORIZON, taxes=taxes, n_processes=PROCESSES)
    every = score_windows(
        result.windows, [one.cutoff for one in result.candidates], least_observed=LEAST_OBSERVED[panel.freq]
    )
    rows = {name: [row for row, key in enumerate(panel.keys) if part in key] for name, part in BASKETS.items()}
    indices = {name: _index(panel, own) for name, own in rows.items()}
    made = [
        index_forecasts([_inputs(name, indices[name], panel, rows[name], every, at) for name in BASKETS])
        for at, cutoff in enumerate(every.cutoffs)
        if cutoff in cutoffs.scored
    ]
    outcomes = {}
    for place, name in enumerate(BASKETS):
        own = [forecasts[place] for forecasts in made]
        outcomes[name] = Outcomes(
            np.stack([indices[name].changes_since(one.cutoff, HORIZON) for one in own]),
            np.stack([one.point / one.last_price for one in own]),
            np.stack([one.quantiles / one.last_price for one in own]),
            np.stack([_direct(panel, rows[name], panel.place(one.cutoff)) for one in own]),
        )
    return outcomes


def _index(panel: Panel, rows: list[int]) -> GradeIndex:
    index = table_index(panel.start, np.where(panel.observed[rows], panel.prices[rows], np.nan))
    if index is None:
        raise ValueError("none of these products has a price")
    return index


def _inputs(
    name: str, index: GradeIndex, panel: Panel, rows: list[int], every: ScoredWindows, place: int
) -> IndexInputs:
    """What was known at one cutoff: the forecasts of then, and the paths from earlier cutoffs."""
    live = [row for row in rows if every.live[row, place]]
    past = every.past_paths(panel)
    return IndexInputs(
        name,
        index,
        panel.day(every.cutoffs[place]),
        np.log(every.quantiles[live, place] / every.last[live, place, None, None]),
        PastPaths(tuple(past.keys[row] for row in rows), past.days[:place], past.paths[:place, rows]),
    )


def _direct(panel: Panel, rows: list[int], cutoff: int) -> Floats:
    """The mean change of the products seen on each day since the cutoff [horizon]."""
    seen = np.where(panel.observed[rows], panel.prices[rows], np.nan)
    changes = np.log(seen[:, cutoff + 1 : cutoff + 1 + HORIZON] / panel.prices[rows, cutoff, None])
    return np.asarray(np.exp(np.nanmean(changes, axis=0)))


def _row(label: str, name: str, products: int, outcomes: list[Outcomes]) -> str:
    own = _scored([one.actual for one in outcomes], outcomes)
    direct = _scored([one.products for one in outcomes], outcomes)
    return (
        f"| {label} | {name} | {products} | {own.n} | {own.rel_mae:.3f} | {direct.rel_mae:.3f} | {own.crps_pct:.2f} "
        f"| {own.coverage_80:.1%} | {own.coverage_95:.1%} |"
    )


def _scored(actual: list[Floats], outcomes: list[Outcomes]) -> Score:
    """The outcomes of some baskets together."""
    truth = np.concatenate(actual)
    forecast = np.concatenate([one.point for one in outcomes]), np.concatenate([one.quantiles for one in outcomes])
    return score(truth, np.ones(len(truth)), np.ones(len(truth)), forecast, HORIZON)


if __name__ == "__main__":
    print(section())
