"""`manage.py train_file FILE --out artefact.json --forecasts forecasts.json`: train outside the platform."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forecasting.offline.file_training import catalogues_of, train_catalogues
from forecasting.offline.read_taxes import read_taxes
from forecasting.offline.training_files import training_files
from forecasting.panel import HORIZON
from forecasting.serialization.training_result import Outcome
from scraping.errors import BadFile

FIGURES = ("rel_mae", "crps_pct", "coverage_80", "coverage_95")


class Command(BaseCommand):
    """Fit an exported price file and write what `import_training` takes in; no database, no running server."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The prices, and where each answer goes."""
        parser.add_argument("file", type=Path, help="series_id,date,price,currency; plain or .gz (export_prices)")
        parser.add_argument("--out", type=Path, required=True, metavar="JSON", help="what was learned")
        parser.add_argument("--forecasts", type=Path, required=True, metavar="JSON", help="what is forecast")
        parser.add_argument("--metrics", type=Path, metavar="JSON", help="how good past forecasts were, shop by shop")
        parser.add_argument("--curve", type=Path, metavar="CSV", help="the same by horizon, to plot")
        parser.add_argument(
            "--taxes", type=Path, metavar="FILE",
            help="changes of a tax: series (a glob),from,rate_before,rate_after,announced",
        )  # fmt: skip
        parser.add_argument("--currency", help="ISO 4217, where the file has no such column")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, train, write."""
        try:
            catalogues, currencies = catalogues_of(options["file"], currency=options["currency"])
            taxes = read_taxes(options["taxes"], currencies) if options["taxes"] else {}
        except BadFile as error:
            raise CommandError(str(error)) from error
        with tqdm(total=sum(map(len, catalogues.values())), unit="series", disable=None) as progress:
            outcome = train_catalogues(catalogues, horizon=HORIZON, taxes=taxes, progress=progress.update)
        artefact, forecasts = training_files(outcome, currencies)
        _write(options["out"], artefact)
        _write(options["forecasts"], forecasts)
        if options["metrics"]:
            _write(options["metrics"], json.dumps(outcome.scores, indent=1).encode())
        if options["curve"]:
            _curve(options["curve"], outcome)
        self.stdout.write(f"{len(outcome.forecasts)} forecasts, {len(outcome.refused) or 'none'} skipped.")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _curve(path: Path, outcome: Outcome) -> None:
    """One row a shop and horizon."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["shop", "days", *FIGURES])
        for shop, scores in outcome.scores.items():
            for days, row in scores.get("horizons", {}).items():
                writer.writerow([shop, days, *(row[name] for name in FIGURES)])
