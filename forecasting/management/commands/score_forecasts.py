"""`manage.py score_forecasts [--again]`: score published forecasts whose days have come."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forecasting.services.score_forecasts import score_forecasts
from forecasting.services.score_method_forecasts import score_method_forecasts


class Command(BaseCommand):
    """Score what is due now; the schedule does the same every night."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to score again."""
        parser.add_argument("--again", action="store_true", help="score again, for prices that arrived late")

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        """Score and count."""
        written = score_forecasts(again=again) + score_method_forecasts(again=again)
        self.stdout.write(f"{written} scores written." if written else "No published forecast has come due.")
