"""`manage.py market_series [--add NAME --role origin | --remove NAME | --fetch]`: the series that tell the market."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasting.models import MarketRole, MarketSeries
from forecasting.services.eu_prices import EuPricesOff, fetch_eu_prices
from forecasting.services.market_series import NoSuchSeries, add_market_series, remove_market_series
from scraping.client.errors import FetchFailed
from scraping.errors import BadFile


class Command(BaseCommand):
    """Name, fetch or list the series of what oil costs before it reaches a shop."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do; nothing: list them."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--add", metavar="NAME", help="an import's origin (infaoliva) or one series (infaoliva|extra)"
        )
        what.add_argument("--remove", metavar="NAME")
        what.add_argument("--fetch", action="store_true", help="ask the European Commission's portal now")
        parser.add_argument("--role", choices=MarketRole.values, default=MarketRole.ORIGIN.value)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and list what there is."""
        try:
            if options["add"]:
                add_market_series(named=options["add"], role=MarketRole(options["role"]))
            elif options["remove"] and not remove_market_series(named=options["remove"]):
                raise CommandError(f"No market series or origin is called {options['remove']!r}.")
            elif options["fetch"]:
                self.stdout.write(f"{fetch_eu_prices().rows:,} producer prices read.")
        except (NoSuchSeries, EuPricesOff, FetchFailed, BadFile) as error:
            raise CommandError(str(error)) from error
        listed = MarketSeries.objects.select_related("product__shop")
        if not listed:
            self.stdout.write("No series tells the market yet: import prices and name them with --add, or --fetch.")
        for series in listed:
            self.stdout.write(f"{series.role}: {series.name}, {series.product.shop.currency}/{series.unit}")
