"""`manage.py import_training artefact.json forecasts.json`: take in a training made elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasting.offline.training_files import BadTraining
from forecasting.services.import_training import import_training


class Command(BaseCommand):
    """Publish what `train_file` wrote; refused whole if anything about it is wrong."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two files."""
        parser.add_argument("artefact", type=Path)
        parser.add_argument("forecasts", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say what there is now."""
        try:
            training = import_training(
                artefact=options["artefact"].read_bytes(), forecasts=options["forecasts"].read_bytes()
            )
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        except BadTraining as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Training {training.pk} {training.reason}.")
