"""`manage.py crawl [--all | --product ID ...]`: visit product pages now, with Scrapy, in this process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scraping.management.visits import add_what, products_with_pages, what_became_of
from scraping.models import ScrapeRun, Source, Visit
from scraping.services.order_visits import order_scrape
from scraping.services.visit_product import visit
from scraping.services.watch_product import why_not_scraped

WITHOUT_SCRAPY = (
    "`crawl` needs Scrapy, which is not installed: `uv pip install -r pyproject.toml --extra scrapy`. "
    "`scrape --wait` does the same without it, one page after the other."
)


class Command(BaseCommand):
    """Visit many pages at once, one at a time per shop; the same pace, guards and rows as the workers'."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to visit."""
        add_what(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Order, crawl and report."""
        try:
            from scraping.crawl.run import crawl
        except ImportError as error:
            raise CommandError(WITHOUT_SCRAPY) from error
        from scraping.crawl.crawl_request import crawl_requests_of

        run = order_scrape(products=products_with_pages(options["product"]), source=Source.COMMAND, enqueue=False)
        if crawl_requests := crawl_requests_of(self._allowed(run)):
            crawl(crawl_requests)
        self.stdout.write(what_became_of(run))

    @staticmethod
    def _allowed(run: ScrapeRun) -> list[Visit]:
        """The visits that may be made; the others end at once, saying why."""
        visits = list(run.visits.select_related("product__shop").order_by("pk"))
        for forbidden in [each for each in visits if why_not_scraped(each.product)]:
            visit(visit_id=forbidden.pk)
            visits.remove(forbidden)
        return visits
