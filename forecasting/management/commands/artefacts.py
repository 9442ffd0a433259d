"""`manage.py artefacts`: what trainings fitted, read back and checked against their checksums."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasting.models import Training
from forecasting.services.artefacts import BrokenArtefact, artefact_size, read_artefact


class Command(BaseCommand):
    """List the artefacts, the newest first; fails where a file is not what was written."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each file and compare its checksum."""
        broken = 0
        trainings = Training.objects.exclude(artefact="").order_by("-id")
        for pk, name, checksum, standing in trainings.values_list("pk", "artefact", "checksum", "standing"):
            size = artefact_size(name=name)
            if size is None:
                state = "removed after the retention"
            else:
                try:
                    shops = read_artefact(name=name, checksum=checksum)
                    state = f"{size / 1024:.0f} KiB, {len(shops)} shops, checksum right"
                except BrokenArtefact as error:
                    state, broken = str(error), broken + 1
            self.stdout.write(f"training {pk} ({standing}): {name}: {state}")
        if broken:
            raise CommandError(f"{broken} artefacts are not what was written.")
