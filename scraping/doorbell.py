"""Ring workers for rows that are waiting. A lost ring costs seconds, not work: the reconciler rings again."""

from collections.abc import Iterable
from typing import Any

import structlog
from celery import Task
from django.db import transaction

log = structlog.get_logger(__name__)


def ring_on_commit(task: "Task[..., Any]", ids: Iterable[int], *, countdown: float = 0) -> None:
    """Send one task a row id once the rows are really there; a Redis that does not answer is logged, not raised."""
    waiting = list(ids)
    transaction.on_commit(lambda: _ring(task, waiting, countdown))


def _ring(task: "Task[..., Any]", ids: list[int], countdown: float) -> None:
    for done, pk in enumerate(ids):
        try:
            task.apply_async(args=[pk], countdown=countdown or None)
        except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the row is safe
            log.warning("doorbell_silent", task=task.name, unrung=len(ids) - done, error=str(error))
            return  # one failure already cost its timeout; the reconciler rings for the rest
