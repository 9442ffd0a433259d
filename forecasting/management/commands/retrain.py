"""`manage.py retrain --all | --product ID ... [--wait]`: fit the forecasters anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forecasting.explain import refusal_text
from forecasting.models import Standing, Training, TrainingSource, TrainingStatus
from forecasting.services.order_training import order_training
from forecasting.services.train import train, wait_for
from scraping.models import Product


class Command(BaseCommand):
    """Order a retraining; with --wait make it here and now, without needing a worker."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to retrain."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--all", action="store_true", help="every product with a history")
        what.add_argument("--product", type=int, action="append", metavar="ID", default=[])
        parser.add_argument("--wait", action="store_true", help="train in this process and report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Order, and with --wait train."""
        ids: list[int] = options["product"]
        known = set(Product.objects.filter(pk__in=ids).values_list("pk", flat=True))
        if unknown := sorted(set(ids) - known):
            raise CommandError(f"No product has the id {', '.join(map(str, unknown))}.")
        training = order_training(product_ids=ids, source=TrainingSource.COMMAND, enqueue=not options["wait"])
        if not options["wait"]:
            self.stdout.write(f"Training {training.pk} started; a worker will run it.")
            return
        training = self._trained(training)
        if training.status != TrainingStatus.DONE:
            raise CommandError(f"Training {training.pk} {training.get_status_display()}: {training.reason}")
        seconds = (training.duration_ms or 0) / 1000
        self.stdout.write(f"Training {training.pk} done in {seconds:.1f} s: {training.reason}.")
        if training.standing == Standing.HELD_BACK:
            self.stdout.write(f"  Not served: {training.standing_reason}.")
        for reason, count in _counted(training.refused).items():
            self.stdout.write(f"  {count} skipped: {reason}")

    @staticmethod
    def _trained(training: Training) -> Training:
        """The training once it is over; workers that run may do parts of it."""
        with tqdm(desc="training", unit="part", disable=None) as progress:
            if train(training_id=training.pk, progress=progress.update) is None:
                raise CommandError("A worker is training these products right now. Try again in a minute.")
            wait_for(training_id=training.pk)
        return Training.objects.get(pk=training.pk)


def _counted(refused: dict[str, str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason in map(refusal_text, refused.values()):
        counts[reason] = counts.get(reason, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
