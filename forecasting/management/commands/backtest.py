"""Score the forecasts and the advice on any tidy price file: no database, no running server."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forecasting.evaluation.backtest import report, run_backtest
from forecasting.evaluation.cutoffs import TooShort, choose_cutoffs
from forecasting.evaluation.horizons import BadHorizon, horizons_in_steps
from forecasting.evaluation.scores import scores
from forecasting.evaluation.stock_prophet import stock_prophet
from forecasting.offline.read_prices import read_price_file
from forecasting.offline.read_producer_price import with_producer_price
from forecasting.offline.read_taxes import read_taxes
from scraping.errors import BadFile

FIGURES = ("n", "rel_mae", "mase", "crps_pct", "coverage_80", "coverage_95")


class Command(BaseCommand):
    """`manage.py backtest FILE --horizons 7 14 30 --json`."""

    help = "Score forecasts and advice on a CSV with series_id, date and price (plain or .gz)."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Horizons count the file's own steps; on weekly and monthly files 7 and more are days."""
        parser.add_argument("file", type=Path, help="tidy prices: series_id, date, price; other columns are ignored")
        parser.add_argument(
            "--horizons", type=int, nargs="+", default=[], metavar="H",
            help="steps of the file's calendar, or days where all are 7 or more; default 7 14 30 days, "
            "1 2 4 weeks or 1 3 6 months",
        )  # fmt: skip
        parser.add_argument(
            "--taxes", type=Path, metavar="FILE",
            help="changes of a tax: series (a glob),from,rate_before,rate_after,announced; used from the day announced",
        )  # fmt: skip
        parser.add_argument(
            "--producer-price", type=Path, metavar="FILE",
            help="daily producer prices (series_id, date, price), known a week late; several series are made an index",
        )  # fmt: skip
        parser.add_argument("--origins", type=int, metavar="N", help="how many days to forecast from and score")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--compare", action="store_true", help="fit stock Prophet beside it (slow)")
        parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), metavar="N")

    def handle(self, **options: Any) -> None:
        """Read, cross-validate, score, print."""
        if options["processes"] < 1:
            raise CommandError("--processes must be 1 or more")
        try:
            file = read_price_file(options["file"])
            panel = file.panel
            if options["producer_price"]:
                panel = with_producer_price(panel, options["producer_price"])
            taxes = read_taxes(options["taxes"], panel.keys) if options["taxes"] else {}
            horizons = horizons_in_steps(options["horizons"], panel.freq)
            furthest = max(horizons.values())
            cutoffs = choose_cutoffs(panel, furthest, options["origins"])
        except (BadFile, BadHorizon, TooShort) as error:
            raise CommandError(str(error)) from error
        for warning in file.warnings:
            self.stderr.write(warning)
        if options["taxes"] and not taxes:
            self.stderr.write(f"{options['taxes']}: no row names a series of this file; patterns are globs, `*oliva*`")
        threads = options["processes"]
        with _progress_bar(len(cutoffs.windows) + len(cutoffs.scored), "origins") as step:
            result = run_backtest(panel, cutoffs, furthest, taxes=taxes, n_processes=threads, progress=step)
        figures = report(result, horizons)
        if options["compare"]:
            with _progress_bar(None, "stock Prophet") as step:
                stock = stock_prophet(panel, cutoffs.scored, furthest, n_processes=threads, progress=step)
            scored = result.scored
            figures["stock_prophet"] = scores(scored.actual, scored.last, scored.scale, stock, horizons)
        if options["json"]:
            self.stdout.write(json.dumps(figures, allow_nan=False))
        else:
            self._table(figures)

    def _table(self, figures: dict[str, Any]) -> None:
        """The same figures for people."""
        self.stdout.write(
            f"{figures['series']} series, {figures['origins']} origins ({figures['lattice']}), {figures['seconds']} s"
        )
        self.stdout.write("".join(f"{name:>14}" for name in ("", "horizon", *FIGURES)))
        for name in ("horizons", "reference", "stock_prophet"):
            for horizon, row in figures.get(name, {}).items():
                label = "oilwatch" if name == "horizons" else name
                self.stdout.write(
                    "".join(f"{_short(cell):>14}" for cell in (label, horizon, *(row[f] for f in FIGURES)))
                )
        for days, row in figures["advice"].items():
            self.stdout.write(
                f"advice within {days} days: saves {_short(row['saving_pct'])} % per purchase, "
                f"{_short(row['capture'])} of the maximum possible; "
                f"{_short(row['waits_lost'])} of {row['waits']} waits ended up costing more"
                f" ({_short(row.get('stated_regret'))} were expected to)"
            )
        for size, by_days in figures["odds"].items():
            for days, row in by_days.items():
                self.stdout.write(
                    f"a fall by {size} % within {days} days: {_short(row['stated'])} stated, "
                    f"{_short(row['came'])} came, Brier skill {_short(row['brier_skill'])}"
                )


def _short(cell: Any) -> str:
    return f"{cell:.3f}" if isinstance(cell, float) else "-" if cell is None else str(cell)


@contextmanager
def _progress_bar(total: int | None, label: str) -> Iterator[Callable[[int], None]]:
    """A progress bar where a person watches; silence elsewhere."""
    with tqdm(total=total, desc=label, disable=not sys.stderr.isatty(), leave=False) as progress:

        def move(done: int) -> None:
            progress.update(done - progress.n)

        yield move
