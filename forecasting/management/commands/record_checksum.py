"""`manage.py record_checksum [--until DAY]`: a checksum of the published record, to keep somewhere else."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from forecasting.selectors.record_checksum import record_checksum


class Command(BaseCommand):
    """Print one line for a day that is over; the same day gives the same line ever after."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Up to which day."""
        parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="2026-01-31; default: yesterday")

    def handle(self, *args: Any, until: date | None, **options: Any) -> None:
        """Compute and print."""
        today = timezone.now().date()
        if until and until >= today:
            raise CommandError(f"{until} is not over yet: forecasts may still be published.")
        day = until or today - timedelta(days=1)
        checksum = record_checksum(until=day)
        self.stdout.write(f"{day} {checksum.forecasts} forecasts sha256:{checksum.sha256}")
