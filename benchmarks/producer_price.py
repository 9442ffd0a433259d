"""What the producer price adds to forecasts of shelf prices, under the same gate: Spanish shelves beside Infaoliva.

Run with `python -m benchmarks.run producer_price`; the prices are read from ../shared or OILWATCH_SHARED.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.forecasting import PROCESSES, SETS, folder
from forecasting.evaluation.backtest import Backtest, run_backtest
from forecasting.evaluation.cutoffs import choose_cutoffs
from forecasting.evaluation.horizons import horizons_in_steps
from forecasting.evaluation.scored_windows import ScoredWindows
from forecasting.evaluation.scores import scores
from forecasting.forecasters.producer_price_pass_through import ProducerPricePassThrough
from forecasting.market.grade_index import grade_index
from forecasting.market.producer_price import producer_price_changes
from forecasting.offline.read_prices import read_prices
from forecasting.panel import Panel
from forecasting.series import Floats, Series

SHELVES, ORIGIN = "Spanish oil shelves", "Olive oil, producer prices"
HEAD = (
    "| shelves | h | forecast | MAE / last price | CRPS % | chosen at cutoffs |",
    "|---|---|---|---|---|---|",
)


def section() -> str:
    """The producer_price price's part of the benchmark report, as Markdown."""
    if not folder().exists():
        return "## The producer price\n\nThe real prices are not here (../shared or OILWATCH_SHARED).\n"
    shelves, producer_price = read_prices(folder() / SETS[SHELVES]), _origin(read_prices(folder() / SETS[ORIGIN]))
    olive = [row for row, key in enumerate(shelves.keys) if "|girasol|" not in key]
    rows = list(HEAD)
    for label, panel in (("all oils", shelves), ("olive oil alone", shelves.only(olive))):
        rows += _rows(label, panel, producer_price)
    return "\n".join(
        [
            "## The producer price",
            "",
            "Infaoliva's quotations, known a week late, beside shelves of 127 days; days 1..h. By itself is the",
            "pass-through's own path, which the gate may choose or not: four months teach it too little.",
            "",
            *rows,
            "",
        ]
    )


def _origin(market: Panel) -> Series:
    catalogue = [
        Series(key, market.start, market.prices[row], market.observed[row]) for row, key in enumerate(market.keys)
    ]
    index = grade_index(catalogue)
    if index is None:
        raise ValueError("the file of prices at producer_price holds none")
    return index.series("origin", index.end)


def _rows(label: str, panel: Panel, producer_price: Series) -> list[str]:
    horizons = horizons_in_steps([7, 14, 30], panel.freq)
    cutoffs = choose_cutoffs(panel, 30)
    known = producer_price_changes(producer_price, panel.start, panel.steps)
    without = run_backtest(panel, cutoffs, 30, n_processes=PROCESSES)
    beside = run_backtest(replace(panel, producer_price=known), cutoffs, 30, n_processes=PROCESSES)
    rows = []
    for name, result, points in (
        ("without", without.scored, without.scored.points),
        ("with", beside.scored, beside.scored.points),
        ("by itself", beside.scored, _by_itself(beside)),
    ):
        figures = scores(result.actual, result.last, result.scale, (points, result.quantiles), horizons)
        rows += [
            f"| {label} | {key} | {name} | {row['rel_mae']:.3f} | "
            f"{'' if name == 'by itself' else format(row['crps_pct'], '.2f')} | {_chosen(result, name)} |"
            for key, row in figures.items()
        ]
    return rows


def _by_itself(result: Backtest) -> Floats:
    scored = result.candidates[-len(result.cutoffs.scored) :]
    paths = np.stack([one.shifts[ProducerPricePassThrough.name] for one in scored], axis=1)
    return np.asarray(result.scored.last[:, :, None] * np.exp(paths))


def _chosen(result: ScoredWindows, name: str) -> str:
    if name != "with":
        return ""
    taken = sum(one["shift"] == ProducerPricePassThrough.name for one in result.chosen)
    return f"{taken} of {len(result.chosen)}"


if __name__ == "__main__":
    print(section())
