"""`manage.py offers --all | --product ID ... [--source creators|keepa]`: present offers as a source has them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scraping.services.sources import OFFER_SOURCES, SourceUnusable, amazon_products, offer_source, offers_now


class Command(BaseCommand):
    """Show what Amazon listings cost now by a lawful source; nothing is written into the history."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, and from where."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="every watched product at Amazon")
        what.add_argument("--product", type=int, action="append", metavar="ID", default=[])
        parser.add_argument("--source", choices=sorted(OFFER_SOURCES), default="creators")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask and show."""
        try:
            source = offer_source(options["source"])
            products = amazon_products(options["product"])
            offers = offers_now(source=source, products=products)
        except SourceUnusable as error:
            raise CommandError(str(error)) from error
        for product in products:
            offer = offers.get(product.pk)
            state = (
                f"{offer.price} {offer.currency}" if offer and offer.price else (offer and offer.state) or "not known"
            )
            self.stdout.write(f"{product.pk:>6}  {product.shop}  {product.sku}  {state:>14}  {product}")
