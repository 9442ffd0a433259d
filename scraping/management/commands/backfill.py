"""`manage.py backfill --all | --product ID ... [--source keepa]`: what listings cost before they were watched."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from scraping.services.sources import HISTORY_SOURCES, SourceUnusable, amazon_products, back_fill_from, history_source


class Command(BaseCommand):
    """Fill the past of Amazon listings from a source with an API key; our own observations are never changed."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, and from where."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="every watched product at Amazon")
        what.add_argument("--product", type=int, action="append", metavar="ID", default=[])
        parser.add_argument("--source", choices=sorted(HISTORY_SOURCES), default="keepa")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, and say what changed."""
        try:
            source = history_source(options["source"])
            products = amazon_products(options["product"])
            with tqdm(total=len(products), desc=f"asking {source.name}", disable=None) as progress:
                report = back_fill_from(source=source, products=products, done=progress.update)
        except SourceUnusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{report.series:,} of {len(products):,} listings are known to {source.name}: {report.rows:,} prices, "
            f"{report.spells_written:,} price spells written, {report.spells_removed:,} replaced"
            + ("." if report.changed else ". Nothing changed.")
        )
