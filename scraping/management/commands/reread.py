"""`manage.py reread`: read stored pages again with today's reader."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from scraping.models import VisitStatus
from scraping.services.reread import WORTH_READING_AGAIN, reread, rereadable


class Command(BaseCommand):
    """After the reader learned a new layout: fill the gaps from the stored pages."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which visits."""
        parser.add_argument(
            "--status",
            action="append",
            choices=[status for status in VisitStatus.values if status not in {"queued", "running"}],
            help=f"how they ended (default: {', '.join(WORTH_READING_AGAIN)})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read them, oldest first."""
        waiting = list(rereadable(statuses=options["status"] or WORTH_READING_AGAIN).values_list("pk", flat=True))
        outcomes = Counter(reread(visit_id=pk).value for pk in tqdm(waiting, desc="reading again", disable=None))
        self.stdout.write(
            f"{len(waiting)} saved pages read again: "
            + (", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "nothing to do")
        )
