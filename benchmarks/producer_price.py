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
from forecasting.forecasters.prophet_fits import fits_at
from forecasting.forecasters.prophet_gate import grades_with_gain
from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.market.grade_index import grade_index
from forecasting.market.producer_price import producer_price_changes, producer_price_known
from forecasting.offline.read_prices import read_prices
from forecasting.panel import HORIZON, Panel
from forecasting.quantiles import MEDIAN, crps
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
            *_prophet(shelves, producer_price),
            "",
        ]
    )


def _prophet(shelves: Panel, producer_price: Series) -> list[str]:
    """Prophet's curves without the producer price, with it everywhere, and with it where its gate lets it."""
    grades = {key: "sunflower" if "|girasol|" in key else "olive" for key in shelves.keys}
    known = ProphetInputs("ES", producer_price=producer_price_known(producer_price), grades=grades)
    cutoffs = range(shelves.steps - 1 - HORIZON - 35, shelves.steps - HORIZON, 5)
    chosen = {cutoff: grades_with_gain(shelves, cutoff, HORIZON, known) for cutoff in cutoffs}
    rows = [
        f"The same price as a regressor of Prophet, every third product, {len(cutoffs)} cutoffs five days apart:",
        "",
        "| grade | producer price | MAE / last price | CRPS % | chosen at cutoffs |",
        "|---|---|---|---|---|",
    ]
    for grade in ("olive", "sunflower"):
        sample = [row for row, key in enumerate(shelves.keys) if grades[key] == grade][::3]
        for rule in ("never", "always", "where it has helped"):
            figures = np.zeros(4)
            for cutoff in cutoffs:
                wanted = rule == "always" or (rule != "never" and grade in chosen[cutoff])
                figures += _errors(shelves, cutoff, sample, known, wanted)
            taken = sum(grade in one for one in chosen.values())
            last = f"{taken} of {len(cutoffs)}" if rule.startswith("where") else ""
            rows.append(
                f"| {grade} | {rule} | {figures[0] / figures[1]:.3f} | {100 * figures[2] / figures[3]:.2f} | {last} |"
            )
    return rows


def _errors(panel: Panel, cutoff: int, rows: list[int], known: ProphetInputs, beside: bool) -> Floats:
    """Sums of Prophet's and the last price's absolute errors and of CRPS, over the last price, and of how many [4]."""
    without = fits_at(panel, cutoff, rows, HORIZON, known)
    own = fits_at(panel, cutoff, rows, HORIZON, known, producer_price=True) if beside else without
    last = panel.prices[rows, cutoff][:, None]
    truth, own = panel.prices[rows, cutoff + 1 : cutoff + 1 + HORIZON] / last, own / last[..., None]
    seen = np.isfinite(truth) & np.isfinite(own[..., 0]) & np.isfinite(without[..., 0])
    error, naive = np.abs(truth - own[..., MEDIAN])[seen], np.abs(truth - 1)[seen]
    return np.array([error.sum(), naive.sum(), crps(truth, own)[seen].sum(), seen.sum()])


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
