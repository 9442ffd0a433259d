"""`manage.py demo [--seed | --remove]`: the simulated shop's products, in or out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scraping.client.errors import FetchFailed
from scraping.services.seed_demo import remove_demo, seed_demo


class Command(BaseCommand):
    """Fill the platform from the demo shop (which must run: `make up` or `manage.py demo_shop`), or remove it all."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """In or out."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--seed", action="store_true")
        what.add_argument("--remove", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed or remove."""
        if options["remove"]:
            removed = remove_demo()
            self.stdout.write(f"{removed} simulated products and all their data were removed.")
            return
        try:
            run = seed_demo()
        except FetchFailed as error:
            raise CommandError(f"The demo shop does not answer ({error}); start it: manage.py demo_shop") from error
        self.stdout.write(f"Demo data added; run {run.pk} checks {run.visits.count()} pages.")
