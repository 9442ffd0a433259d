"""`manage.py export_prices [FILE]`: the whole history as a tidy CSV that `import_prices` and `backtest` read."""

import gzip
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scraping.http.safe_csv import csv_lines
from scraping.models import Product
from scraping.selectors import HistoryQuery, product_history

COLUMNS = ["series_id", "date", "price", "currency", "title"]


class Command(BaseCommand):
    """Write series_id,date,price,currency,title: one row per product and day on which a price held."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and which shop."""
        parser.add_argument("file", type=Path, nargs="?", help=".csv or .csv.gz; nothing: standard output")
        parser.add_argument("--shop", help="only this shop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        products = Product.objects.select_related("shop").order_by("shop__name", "sku")
        if options["shop"]:
            products = products.filter(shop__name=options["shop"])
            if not products.exists():
                raise CommandError(f"There is no product of the shop {options['shop']!r}.")
        try:
            with _open(options["file"]) as out:
                lines = 0
                for line in csv_lines(COLUMNS, _rows(products)):
                    out.write(line)
                    lines += 1
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
        if options["file"]:
            self.stdout.write(f"{lines - 1:,} rows, products: {products.count():,}. Written to {options['file']}.")


def _open(path: Path | None) -> Any:
    if path is None:
        return nullcontext(sys.stdout)
    return gzip.open(path, "wt", encoding="utf-8", newline="") if path.suffix == ".gz" else path.open("w", newline="")


def _rows(products: Any) -> Iterator[tuple[str, str, str, str, str]]:
    for product in products.iterator(500):
        series = product.sku if "|" in product.sku else f"{product.shop.name}|{product.sku}"
        for row in product_history(HistoryQuery(product.pk), resolution="day"):
            yield series, row["date"].isoformat(), str(row["price"]), product.shop.currency, product.title
