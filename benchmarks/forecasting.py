"""How good and how fast the forecasts are, on real prices, beside stock Prophet and other methods.

Run with `python -m benchmarks.forecasting`; the prices are read from ../shared or OILWATCH_SHARED.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from forecasting.evaluation.backtest import Backtest, report, run_backtest
from forecasting.evaluation.cutoffs import choose_cutoffs
from forecasting.evaluation.horizons import horizons_in_steps
from forecasting.evaluation.leaderboard import figures_of
from forecasting.evaluation.scores import scores
from forecasting.evaluation.stock_prophet import fit_stock, stock_prophet
from forecasting.market.tax_steps import TaxStep
from forecasting.market.tax_table import OLIVE, SEED, shipped_rows
from forecasting.offline.read_prices import read_prices
from forecasting.panel import Panel
from forecasting.pipeline import forecast_catalogue
from forecasting.quantiles import LEVELS, ordered
from forecasting.series import Floats, Series

SETS = {
    "Spanish oil shelves": "facua_oils_daily.csv.gz",
    "Austrian groceries": "heissepreise_groceries_daily.csv.gz",
    "Argentine groceries": "gallega_ar_daily.csv.gz",
    "Portuguese basket": "continente_pt.csv.gz",
    "Ocado basket": "ocado_daily.csv.gz",
    "South African oils, weekly": "za_oils_weekly.csv.gz",
    "Indonesian cooking oil": "indonesia_cooking_oil_daily.csv.gz",
    "Olive oil, producer prices": "infaoliva_origin_daily.csv.gz",
}
TAXED = "Spanish oil shelves"  # scored a second time, told of the taxes that had been announced
PROCESSES = 2
# Slow rivals are compared on the last origins alone; everyone is scored on the same ones.
COMPARED_ORIGINS = 2
CATALOGUE, DAYS = 1_000, 1_095
OWN_HEAD = (
    "| set | h | n (cutoffs) | MAE / last price | CRPS % | CRPS / last price + conformal | in 80 % | in 95 % |",
    "|---|---|---|---|---|---|---|---|",
)
ADVICE_HEAD = (
    "| set | days | saves % | share of perfect foresight's | always waiting saves % | waits lost | stated | s |",
    "|---|---|---|---|---|---|---|---|",
)
ODDS_HEAD = (
    "| set | a fall by | within | n | stated | came | Brier | Brier skill |",
    "|---|---|---|---|---|---|---|---|",
)
RIVALS_HEAD = (
    "| set | h | method | MAE / last price | CRPS % | in 80 % | in 95 % |",
    "|---|---|---|---|---|---|---|",
)


def folder() -> Path:
    """Where the real prices are."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    return Path(os.environ.get("OILWATCH_SHARED", beside)) / "data" / "prices"


def section() -> str:
    """The forecasting part of the benchmark report, as Markdown."""
    if not folder().exists():
        return "## Forecasting\n\nThe real prices are not here (../shared or OILWATCH_SHARED): nothing was scored.\n"
    own, advice, odds, rivals = list(OWN_HEAD), list(ADVICE_HEAD), list(ODDS_HEAD), list(RIVALS_HEAD)
    for label, name in SETS.items():
        panel = read_prices(folder() / name)
        horizons = horizons_in_steps([7, 14, 30], panel.freq)
        furthest = max(horizons.values())
        for taxes in (None, spanish_taxes(panel)) if label == TAXED else (None,):
            title = f"{label}, told of taxes" if taxes else label
            cutoffs = choose_cutoffs(panel, furthest)
            result = run_backtest(panel, cutoffs, furthest, taxes=taxes, n_processes=PROCESSES)
            rows = report(result, horizons)
            own += _own_rows(title, result, rows, horizons)
            advice += _advice_rows(title, rows)
            odds += _odds_rows(title, rows)
            if not taxes:
                rivals += _rival_rows(label, result, furthest, horizons)
    return "\n".join(
        ["## Forecasting", "", "Days 1..h together, default origins. In brackets the 95 % interval of a paired block",
         "bootstrap over cutoffs, where there are three blocks as long as h.", "", *own, "", "### Advice", "", *advice,
         "", "### Odds of a fall", "", *odds, "",
         f"### Beside other methods (the last {COMPARED_ORIGINS} origins)", "", *rivals, "", _missing_rivals(), "",
         "### Time", "", *_timings(), ""]
    )  # fmt: skip


def spanish_taxes(panel: Panel) -> dict[str, list[TaxStep]]:
    """Spain's VAT on the oils of a panel whose names say olive (oliva) or sunflower (girasol)."""
    steps = {}
    for key in panel.keys:
        grades = OLIVE if "oliva" in key else SEED
        steps[key] = [
            TaxStep(row.starts_on, float((100 + row.percent_after) / (100 + row.percent_before)), row.announced_on)
            for row in shipped_rows("ES")
            if row.grades == grades
        ]
    return steps


def _own_rows(label: str, result: Backtest, rows: dict[str, Any], horizons: dict[str, int]) -> list[str]:
    scored, every = result.scored, np.arange(len(result.panel))
    lines = []
    for key, row in rows["horizons"].items():
        board = figures_of(scored, every, (scored.points, scored.quantiles), horizons[key])
        lines.append(
            f"| {label} | {key} | {row['n']} ({board['cutoffs']}) | {_ratio(row['rel_mae'], board['rel_mae_95'])} "
            f"| {row['crps_pct']:.2f} | {_ratio(board['rel_crps'], board['rel_crps_95'])} "
            f"| {row['coverage_80']:.1%} | {row['coverage_95']:.1%} |"
        )
    return lines


def _ratio(value: Any, interval: Any) -> str:
    text = "-" if value is None else f"{value:.3f}"
    return text if interval is None else f"{text} [{interval[0]:.2f}, {interval[1]:.2f}]"


def _advice_rows(label: str, result: dict[str, Any]) -> list[str]:
    return [
        f"| {label} | {days} | {row['saving_pct']:.2f} | {row['capture'] or 0:.0%} | {row['always_wait_pct']:.2f} "
        f"| {row['waits_lost']:.0%} of {row['waits']} | {_share(row['stated_regret'])} | {result['seconds']:.0f} |"
        for days, row in result["advice"].items()
        if row["n"]
    ]


def _odds_rows(label: str, result: dict[str, Any]) -> list[str]:
    return [
        f"| {label} | {size} % | {days} days | {row['n']} | {row['stated']:.1%} | {row['came']:.1%} "
        f"| {row['brier']:.3f} | {row['brier_skill']:.2f} |"
        for size, by_days in result["odds"].items()
        for days, row in by_days.items()
        if row["n"] and row["brier_skill"] is not None
    ]


def _share(value: Any) -> str:
    return "-" if value is None else f"{value:.0%}"


def _rival_rows(label: str, result: Backtest, furthest: int, horizons: dict[str, int]) -> list[str]:
    cutoffs = result.cutoffs.scored[-COMPARED_ORIGINS:]
    places = slice(len(result.cutoffs.scored) - len(cutoffs), None)
    scored = result.scored
    rivals: dict[str, tuple[Floats, Floats]] = {
        "oilwatch": (scored.points[:, places], scored.quantiles[:, places]),
        "last price + conformal": (scored.naive[:, places], scored.reference[:, places]),
        "stock Prophet": stock_prophet(result.panel, cutoffs, furthest, n_processes=PROCESSES),
    }
    if _statsforecast():
        rivals.update(_classical(result.panel, cutoffs, furthest))
    rows = []
    for method, forecast in rivals.items():
        figures = scores(scored.actual[:, places], scored.last[:, places], scored.scale[:, places], forecast, horizons)
        for key, row in figures.items():
            if row["n"] and row["rel_mae"] is not None:
                rows.append(
                    f"| {label} | {key} | {method} | {row['rel_mae']:.2f} | {row['crps_pct']:.2f} | "
                    f"{row['coverage_80']:.0%} | {row['coverage_95']:.0%} |"
                )
    return rows


def _statsforecast() -> bool:
    return importlib.util.find_spec("statsforecast") is not None


def _missing_rivals() -> str:
    if _statsforecast():
        return "AutoETS and AutoTheta are statsforecast's, with their own intervals."
    return "AutoETS and AutoTheta are left out: statsforecast is not installed (see requirements-bench.txt)."


def _classical(panel: Panel, cutoffs: tuple[int, ...], horizon: int) -> dict[str, tuple[Floats, Floats]]:
    """AutoETS and AutoTheta with their own intervals, one fit per series and origin."""
    from statsforecast.models import AutoETS, AutoTheta

    methods: dict[str, Any] = {"AutoETS": AutoETS(season_length=1), "AutoTheta": AutoTheta(season_length=7)}
    bands = [95, 90, 80, 60, 40, 20]
    result = {}
    for name, method in methods.items():
        points = np.repeat(panel.prices[:, list(cutoffs), None], horizon, axis=2)
        spread = np.repeat(points[..., None], len(LEVELS), axis=-1)
        for place, cutoff in enumerate(cutoffs):
            for row in np.flatnonzero(np.isfinite(panel.prices[:, cutoff])):
                known = panel.prices[row, : cutoff + 1]
                known = known[np.isfinite(known)][-730:]
                if len(known) < 14 or np.ptp(known) == 0:
                    continue
                made = method.forecast(y=known, h=horizon, level=bands)
                low = [made[f"lo-{band}"] for band in bands]
                high = [made[f"hi-{band}"] for band in reversed(bands)]
                points[row, place] = made["mean"]
                spread[row, place] = ordered(np.stack([*low, made["mean"], *high], axis=-1))
        result[name] = (points, spread)
    return result


def _timings() -> list[str]:
    """The whole retraining of a catalogue on one core beside one stock Prophet; for our Prophet see `prophet`."""
    days = np.arange(DAYS, dtype=float) + 19_000
    ahead = days[-1] + np.arange(1, 31)
    walk = np.log(6) + np.cumsum(np.random.default_rng(0).normal(0, 0.01, DAYS))
    stock_ms = _milliseconds(lambda: fit_stock((days, np.exp(walk), ahead)), 7)
    rows = ["| what | ms | series an hour on 2 cores (computed) | beside stock Prophet |", "|---|---|---|---|"]
    rows.append(_time_row(f"stock Prophet, fit and forecast, {DAYS} days", stock_ms, stock_ms))
    for label, name in (("shelves", SETS["Ocado basket"]), ("markets", SETS["Indonesian cooking oil"])):
        catalogue = long_catalogue(read_prices(folder() / name))
        began = time.perf_counter()
        forecast_catalogue(catalogue)
        each = 1_000 * (time.perf_counter() - began) / len(catalogue)
        rows.append(
            _time_row(f"whole retraining a series, {CATALOGUE} {label} of {DAYS} days, all models", each, stock_ms)
        )
    return rows


def _time_row(label: str, milliseconds: float, stock: float) -> str:
    hourly = 2 * 3_600_000 / milliseconds
    return f"| {label} | {milliseconds:.1f} | {hourly:,.0f} | {stock / milliseconds:.1f} x |"


def _milliseconds(work: Callable[[], object], rounds: int) -> float:
    work()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(1_000 * (time.perf_counter() - began))
    return statistics.median(taken)


def long_catalogue(panel: Panel) -> list[Series]:
    """A large catalogue from real series: each repeated to the wanted length and begun elsewhere."""
    rng = np.random.default_rng(0)
    made = []
    for number in range(CATALOGUE):
        known = panel.prices[number % len(panel)]
        known = known[np.isfinite(known)]
        prices = np.roll(np.resize(known, DAYS), int(rng.integers(DAYS)))
        made.append(Series(f"{number}", date(2023, 1, 1), prices, np.ones(DAYS, dtype=bool)))
    return made


if __name__ == "__main__":
    print(section())
