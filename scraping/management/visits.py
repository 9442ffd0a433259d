"""What `scrape` and `crawl` have in common on the command line: which products, and what became of the visits."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from scraping.models import Product, ScrapeRun
from scraping.selectors import run_progress


def add_what(parser: ArgumentParser) -> None:
    """`--all` or `--product ID ...`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--all", action="store_true", help="every watched product (the default)")
    what.add_argument("--product", type=int, action="append", metavar="ID", default=[])


def products_with_pages(ids: list[int]) -> list[Product]:
    """All watched products, or these; CommandError where there is none, or one has no page."""
    products = Product.objects.select_related("shop")
    chosen = list(products.with_pages().filter(pk__in=ids) if ids else products.scrapable())
    if unknown := sorted(set(ids) - {product.pk for product in chosen}):
        raise CommandError(f"No product with a page has the id {', '.join(map(str, unknown))}.")
    if not chosen:
        raise CommandError("Nothing is watched yet: `manage.py watch URL`, or `make up` for the demo shop.")
    return chosen


def what_became_of(run: ScrapeRun) -> str:
    """The run in one sentence."""
    progress = run_progress(run)
    outcomes = ", ".join(f"{count} {name}" for name, count in sorted(progress.outcomes.items()))
    return f"Run {run.pk}: {progress.total} checks started, {progress.done} done ({outcomes})."
