"""Keep a job's lease alive while long work runs; notice when the job was taken away."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.db import DatabaseError, connection, models
from django.utils import timezone

log = structlog.get_logger(__name__)


class LostJob(Exception):
    """Another worker has the job, or somebody cancelled it: stop, and write nothing."""


@contextmanager
def heartbeat(model: type[models.Model], pk: int, token: int, *, lease: timedelta) -> Iterator[threading.Event]:
    """Extend the lease at every third of it, from a thread with a connection of its own.

    The event is set when the row is no longer ours: check it between steps and stop.
    """
    done, lost = threading.Event(), threading.Event()

    def beat() -> None:
        try:
            while not done.wait(lease.total_seconds() / 3):
                if not _extend(model, pk, token, lease):
                    lost.set()
                    return
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{pk}", daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        done.set()
        thread.join()


def _extend(model: type[models.Model], pk: int, token: int, lease: timedelta) -> bool:
    jobs = model._default_manager
    try:
        return bool(jobs.held(pk, token).update(lease_until=timezone.now() + lease))  # type: ignore[attr-defined]
    except DatabaseError as error:  # a restart of PostgreSQL is shorter than a lease
        log.warning("heartbeat_missed", pk=pk, error=str(error))
        connection.close()
        return True
