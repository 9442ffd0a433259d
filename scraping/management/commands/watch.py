"""`manage.py watch URL...`: begin to watch Amazon listings."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from scraping.errors import UnknownAddress
from scraping.services.watch_product import watch_address, why_not_scraped


class Command(BaseCommand):
    """Watch the products of these addresses (or ASINs, then at amazon.es). If one is wrong, none is watched."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The addresses."""
        parser.add_argument("urls", nargs="+", metavar="URL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Watch them."""
        try:
            with transaction.atomic():
                products = [watch_address(text=text) for text in options["urls"]]
        except UnknownAddress as error:
            raise CommandError(str(error)) from error
        for product in products:
            self.stdout.write(f"Watching {product.sku} at {product.shop} (product {product.pk}).")
        for note in sorted({note for product in products if (note := why_not_scraped(product))}):
            self.stderr.write(f"Note: {note}")
