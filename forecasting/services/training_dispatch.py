"""Ring workers for the parts of a training that wait for nothing more."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forecasting.models import TrainingPart, TrainingStatus
from scraping.jobs.dispatch import enqueue_on_commit
from scraping.jobs.job import MAX_ATTEMPTS

PART_TASK = "forecasting.tasks.train_part"


def enqueue_ready_parts(training_id: int) -> None:
    """Enqueue every part that is ready, once what was just written is really there.

    Looked up after the commit: of two parts that end at the same moment, the later one sees both ended.
    """
    transaction.on_commit(lambda: enqueue_on_commit(PART_TASK, ready_parts(training_id)))


def ready_parts(training_id: int) -> list[int]:
    """The parts of a training that somebody may take now and that wait for no other, in order."""
    free = Q(status=TrainingStatus.QUEUED) | Q(status=TrainingStatus.RUNNING, lease_until__lt=timezone.now())
    return list(
        TrainingPart.objects.filter(free, training=training_id, attempts__lt=MAX_ATTEMPTS)
        .ready()
        .order_by("stage", "pk")
        .values_list("pk", flat=True)
    )
