"""Write trainings before they are made, and cancel them."""

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from forecasting.models import Training, TrainingPart, TrainingStatus
from scraping.jobs.dispatch import enqueue_on_commit
from scraping.jobs.job import dispatch_again_after

EVERYTHING = "all"
TRAIN_TASK = "forecasting.tasks.train"
OPEN = (TrainingStatus.QUEUED, TrainingStatus.RUNNING)


@transaction.atomic
def order_training(
    *, product_ids: Iterable[int] = (), source: str, requested_by: str = "", because: str = "", enqueue: bool = True
) -> Training:
    """Order a retraining of these products (none named: of all).

    An order that still waits for the same scope is returned instead of a second one: it will see the same prices.
    """
    ids = sorted(set(product_ids))
    scope = scope_of(ids)
    order = {"product_ids": ids, "source": source, "requested_by": requested_by, "because": because}
    waiting = Training.objects.select_for_update()
    training: Training = waiting.get_or_create(
        scope=scope,
        status=TrainingStatus.QUEUED,
        defaults={**order, "dispatch_at": timezone.now() + dispatch_again_after()},
    )[0]
    if enqueue:
        enqueue_on_commit(TRAIN_TASK, [training.pk])
    return training


def scope_of(product_ids: list[int]) -> str:
    """A short name of a set of products, the same for the same set."""
    if not product_ids:
        return EVERYTHING
    named = ",".join(map(str, product_ids))
    return f"products {named}" if len(named) <= 50 else f"products #{hashlib.sha256(named.encode()).hexdigest()[:16]}"


@transaction.atomic
def cancel(*, training_ids: Iterable[int]) -> int:
    """Cancel open trainings; workers in the middle of a part notice and write nothing."""
    return close(training_ids=training_ids, status=TrainingStatus.CANCELLED, reason="cancelled")


@transaction.atomic
def close(*, training_ids: Iterable[int], status: TrainingStatus, reason: str) -> int:
    """End open trainings and their open parts without a result; returns how many trainings there were."""
    over = {"status": status, "finished_at": timezone.now(), "lease_until": None}
    open_ids = list(
        Training.objects.select_for_update().filter(pk__in=training_ids, status__in=OPEN).values_list("pk", flat=True)
    )
    Training.objects.filter(pk__in=open_ids).update(reason=reason, **over)
    TrainingPart.objects.filter(training__in=open_ids).open().update(reason=reason, **over)
    TrainingPart.objects.filter(training__in=open_ids).update(result=None)
    return len(open_ids)
