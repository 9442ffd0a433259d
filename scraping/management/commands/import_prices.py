"""`manage.py import_prices FILE`: bring in a price history."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from scraping.errors import BadFile
from scraping.services.import_prices import import_prices


class Command(BaseCommand):
    """Import a tidy CSV (series_id,date,price,currency) or a file of Keepa's, plain or .gz: all or nothing, once."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what it does not say itself."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--shop", help="the origin's name (default: what the series' names begin with)")
        parser.add_argument("--currency", help="ISO 4217, where the file has no such column")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say what changed."""
        path: Path = options["file"]
        size = path.stat().st_size if path.is_file() and path.suffix != ".gz" else None
        with tqdm(total=size, unit="B", unit_scale=True, desc=path.name, disable=None) as progress:
            try:
                report = import_prices(
                    path=path, shop_name=options["shop"], currency=options["currency"], progress=progress.update
                )
            except BadFile as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"{report.rows:,} rows of {report.series:,} series: {report.new_products:,} new products, "
            f"{report.spells_written:,} price spells written, {report.spells_removed:,} replaced"
            + (
                f", {report.contradictions:,} contradictions settled for the lower price"
                if report.contradictions
                else ""
            )
            + ("." if report.changed else ". Nothing changed.")
        )
