"""Remove what trainings leave behind and nobody needs: parts, trainings that published nothing, artefact files.

Published trainings, their forecasts and scores are the record and stay for ever.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction

from forecasting.models import (
    PUBLISHED,
    Forecast,
    IndexForecast,
    MethodForecast,
    Standing,
    Training,
    TrainingPart,
    TrainingStatus,
)
from forecasting.services.artefacts import (
    BrokenArtefact,
    artefact_size,
    read_artefact,
    remove_artefact,
    remove_unfinished,
)
from scraping.models import Adapter

log = structlog.get_logger(__name__)
WRITING_TAKES_LESS = timedelta(days=1)
WORKING = (TrainingStatus.QUEUED, TrainingStatus.RUNNING)


def forget_trainings(*, now: datetime) -> int:
    """Remove parts and unpublished trainings that ended before the retention; returns how many rows."""
    limit = now - timedelta(days=settings.OILWATCH_TRAINING_DAYS)
    over = Training.objects.exclude(status__in=WORKING).filter(finished_at__lt=limit)
    with transaction.atomic():
        parts = TrainingPart.objects.filter(training__in=over).delete()[0]
        failed = over.exclude(status=TrainingStatus.DONE).delete()[0]
    return parts + failed


def forget_artefacts(*, now: datetime) -> int:
    """Remove the files of trainings past the retention, but for each scope's newest served one; returns how many.

    Files that a worker began and did not finish go after a day.

    The row keeps the file's name and checksum: what it published stays, only its models cannot be loaded any more.
    """
    limit = now - timedelta(days=settings.OILWATCH_ARTEFACT_DAYS)
    served = Training.objects.filter(standing=Standing.SERVED).order_by("scope", "-id").distinct("scope")
    needed = set(served.values_list("artefact", flat=True))
    needed |= set(Training.objects.filter(finished_at__gte=limit).values_list("artefact", flat=True))
    known = set(Training.objects.exclude(artefact="").values_list("artefact", flat=True))
    removed = sum(remove_artefact(name=name) for name in sorted(known - needed))
    return removed + remove_unfinished(before=now - WRITING_TAKES_LESS)


def broken_artefacts() -> list[tuple[int, str]]:
    """Read the artefacts of published trainings back: (training id, why) for each whose file is there but harmed."""
    broken = []
    for pk, name, checksum in Training.objects.filter(standing__in=PUBLISHED).values_list("pk", "artefact", "checksum"):
        if artefact_size(name=name) is None:
            continue  # removed after the retention
        try:
            read_artefact(name=name, checksum=checksum)
        except BrokenArtefact as error:
            broken.append((pk, str(error)))
            log.exception("artefact_broken", training=pk)
    return broken


def remove_simulated_forecasts(**_signal: Any) -> None:
    """Delete them with their scores, in the caller's transaction; the database checks that they are simulated."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('oilwatch.removing_simulated', 'on', true)")
        Forecast.objects.filter(product__shop__adapter=Adapter.DEMO).delete()
        MethodForecast.objects.filter(product__shop__adapter=Adapter.DEMO).delete()
        IndexForecast.objects.filter(simulated=True).delete()
        cursor.execute("SELECT set_config('oilwatch.removing_simulated', 'off', true)")
