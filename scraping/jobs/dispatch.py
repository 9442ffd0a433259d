"""Send workers a message for each waiting row. A lost one costs seconds, not work: the reconciler sends it again."""

from collections.abc import Iterable

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)


def enqueue_on_commit(task: str, ids: Iterable[int], *, countdown: float = 0) -> None:
    """Send the task of this name each row's id once the rows are really there.

    By name, because services stand below tasks. A Redis that does not answer is logged, not raised.
    """
    waiting = list(ids)
    transaction.on_commit(lambda: _enqueue(task, waiting, countdown))


def _enqueue(task: str, ids: list[int], countdown: float) -> None:
    for done, pk in enumerate(ids):
        try:
            current_app.send_task(task, args=[pk], countdown=countdown or None)
        except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the row is safe
            log.warning("broker_unreachable", task=task, not_sent=len(ids) - done, error=str(error))
            return  # one failure already cost its timeout; the reconciler sends the rest
