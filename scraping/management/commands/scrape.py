"""`manage.py scrape [--all | --product ID ...] [--wait]`: visit product pages now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from scraping.management.visits import add_what, products_with_pages, what_became_of
from scraping.models import OPEN, ScrapeRun, Source
from scraping.services.order_visits import order_scrape
from scraping.services.visit_product import visit, wait_out


class Command(BaseCommand):
    """Order visits to every watched product, or at some; with --wait make them in this process, without a worker."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to visit."""
        add_what(parser)
        parser.add_argument("--wait", action="store_true", help="run the checks in this process and report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Order visits, and with --wait make them."""
        products = products_with_pages(options["product"])
        run = order_scrape(products=products, source=Source.COMMAND, enqueue=not options["wait"])
        if options["wait"]:
            self._make_visits(run)
        self.stdout.write(what_became_of(run))

    @staticmethod
    def _make_visits(run: ScrapeRun) -> None:
        for pk in tqdm(list(run.visits.order_by("id").values_list("pk", flat=True)), desc="visits", disable=None):
            while visit(visit_id=pk) is None and run.visits.filter(pk=pk, status__in=OPEN).exists():
                wait_out(pk)  # our turn has not come, or a worker has it
