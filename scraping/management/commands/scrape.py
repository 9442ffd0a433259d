"""`manage.py scrape [--all | --product ID ...] [--wait]`: look at product pages now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from scraping.models import OPEN, Adapter, Product, ScrapeRun, Source
from scraping.selectors import run_progress
from scraping.services.order_visits import order_scrape
from scraping.services.visit_product import visit


class Command(BaseCommand):
    """Order looks at every watched product, or at some; with --wait make them in this process, without a worker."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to look at."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--all", action="store_true", help="every watched product (the default)")
        what.add_argument("--product", type=int, action="append", metavar="ID", default=[])
        parser.add_argument("--wait", action="store_true", help="look here and now, and report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Order, and with --wait look."""
        products = self._products(options["product"])
        if not products:
            raise CommandError("Nothing is watched yet: `manage.py watch URL`, or `make up` for the demo shop.")
        run = order_scrape(products=products, source=Source.COMMAND, ring=not options["wait"])
        if options["wait"]:
            self._look(run)
        progress = run_progress(run)
        outcomes = ", ".join(f"{count} {name}" for name, count in sorted(progress.outcomes.items()))
        self.stdout.write(f"Run {run.pk}: {progress.total} looks ordered, {progress.done} done ({outcomes}).")

    @staticmethod
    def _products(ids: list[int]) -> list[Product]:
        products = Product.objects.select_related("shop").exclude(shop__adapter=Adapter.IMPORT)
        if not ids:
            return list(products.filter(watched=True, shop__enabled=True))
        found = list(products.filter(pk__in=ids))
        if unknown := sorted(set(ids) - {product.pk for product in found}):
            raise CommandError(f"No product with a page has the id {', '.join(map(str, unknown))}.")
        return found

    @staticmethod
    def _look(run: ScrapeRun) -> None:
        from scraping.services.patience import wait_out

        for pk in tqdm(list(run.visits.order_by("id").values_list("pk", flat=True)), desc="looking", disable=None):
            while visit(visit_id=pk) is None and run.visits.filter(pk=pk, status__in=OPEN).exists():
                wait_out(pk)  # our turn has not come, or a worker has it
