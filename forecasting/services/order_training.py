"""Write trainings before they are made, and ring again for those nobody took."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forecasting.models import Training, TrainingStatus
from scraping.doorbell import ring_on_commit
from scraping.job import MAX_ATTEMPTS, ring_again_after

EVERYTHING = "all"
TRAIN_TASK = "forecasting.tasks.train"
OPEN = (TrainingStatus.QUEUED, TrainingStatus.RUNNING)


@transaction.atomic
def order_training(
    *, product_ids: Iterable[int] = (), source: str, requested_by: str = "", ring: bool = True
) -> Training:
    """Order a retraining of these products (none named: of all).

    An order that still waits for the same scope is returned instead of a second one: it will see the same prices.
    """
    ids = sorted(set(product_ids))
    scope = scope_of(ids)
    waiting: Training | None = (
        Training.objects.select_for_update().filter(scope=scope, status=TrainingStatus.QUEUED).first()
    )
    training = waiting or Training.objects.create(
        scope=scope,
        product_ids=ids,
        source=source,
        requested_by=requested_by,
        ring_at=timezone.now() + ring_again_after(),
    )
    if ring:
        _ring([training.pk])
    return training


def scope_of(product_ids: list[int]) -> str:
    """A short name of a set of products, the same for the same set."""
    if not product_ids:
        return EVERYTHING
    named = ",".join(map(str, product_ids))
    return f"products {named}" if len(named) <= 50 else f"products #{hashlib.sha256(named.encode()).hexdigest()[:16]}"


@transaction.atomic
def reconcile_trainings(*, now: datetime) -> int:
    """Ring again for open trainings nobody works on, bury those tried too often; returns how many were rung for."""
    overdue = Training.objects.overdue(now=now).select_for_update(skip_locked=True)
    tired = overdue.filter(attempts__gte=MAX_ATTEMPTS).values("pk")
    Training.objects.filter(pk__in=tired).update(
        status=TrainingStatus.DEAD,
        finished_at=now,
        lease_until=None,
        reason=f"given up: {MAX_ATTEMPTS} workers began and none finished",
    )
    waiting = [training.pk for training in overdue.filter(attempts__lt=MAX_ATTEMPTS)]
    Training.objects.filter(pk__in=waiting).update(ring_at=now + ring_again_after())
    _ring(waiting)
    return len(waiting)


def cancel(*, training_ids: Iterable[int]) -> int:
    """Cancel open trainings; a worker in the middle of one notices and writes nothing."""
    return int(
        Training.objects.filter(pk__in=training_ids, status__in=OPEN).update(
            status=TrainingStatus.CANCELLED, finished_at=timezone.now(), lease_until=None, reason="cancelled"
        )
    )


def _ring(ids: list[int]) -> None:
    ring_on_commit(TRAIN_TASK, ids)
