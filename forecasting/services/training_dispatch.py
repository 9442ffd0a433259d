"""Ring workers for the parts of a training that wait for nothing more."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from forecasting.models import Training, TrainingPart, TrainingStatus
from forecasting.services.order_training import TRAIN_TASK, close
from scraping.jobs.dispatch import enqueue_on_commit
from scraping.jobs.job import MAX_ATTEMPTS, dispatch_again_after

PART_TASK = "forecasting.tasks.train_part"


def enqueue_ready_parts(training_id: int) -> None:
    """Enqueue every part that is ready, once what was just written is really there.

    Queried after the commit: of two parts that end at the same moment, the later one sees both ended.
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


GIVEN_UP = f"failed: {MAX_ATTEMPTS} workers started and none finished"


@transaction.atomic
def reconcile_trainings(*, now: datetime) -> int:
    """Enqueue what waits, bury parts tried too often, end what is out of time; returns how many rings there were."""
    _end(now)
    _bury(now)
    queued = Training.objects.filter(status=TrainingStatus.QUEUED, dispatch_at__lte=now)
    return _dispatch_again(queued, TRAIN_TASK, now) + _dispatch_again(
        TrainingPart.objects.overdue(now=now).ready(), PART_TASK, now
    )


def _dispatch_again(overdue: object, task: str, now: datetime) -> int:
    waiting = [job.pk for job in overdue.select_for_update(skip_locked=True, of=("self",))]  # type: ignore[attr-defined]
    overdue.model.objects.filter(pk__in=waiting).update(dispatch_at=now + dispatch_again_after())  # type: ignore[attr-defined]
    enqueue_on_commit(task, waiting)
    return len(waiting)


def _bury(now: datetime) -> None:
    tired = list(
        TrainingPart.objects.overdue(now=now).filter(attempts__gte=MAX_ATTEMPTS).select_for_update(skip_locked=True)
    )
    TrainingPart.objects.filter(pk__in=[part.pk for part in tired]).update(
        status=TrainingStatus.DEAD, finished_at=now, lease_until=None, reason=GIVEN_UP
    )
    for training_id in {part.training_id for part in tired}:
        enqueue_ready_parts(training_id)


def _end(now: datetime) -> None:
    running = Training.objects.filter(status=TrainingStatus.RUNNING)
    late = list(running.filter(lease_until__lt=now).values_list("pk", flat=True))
    close(training_ids=late, status=TrainingStatus.FAILED, reason="out of time: its parts took longer than allowed")
    working = TrainingPart.objects.filter(training=OuterRef("pk")).open()
    for training in running.exclude(Exists(working)):  # even its last part, the publication, came to nothing
        reasons = [part.reason for part in training.parts.exclude(reason="")]
        close(training_ids=[training.pk], status=TrainingStatus.FAILED, reason="; ".join(reasons) or "not published")
