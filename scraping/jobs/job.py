"""A job is a row: its states, its lease and how long it may be tried.

    queued --claim--> running --finish--> (an outcome of its own)
      ^                  |
      +---- lease over --+        after MAX_ATTEMPTS: dead

Redis only carries messages; what is to be done and what was done stands here. A worker claims a row with one
conditional UPDATE, so two workers, two beats or a repeated message never do the same work at once; the attempt
number is the fencing token under which the result is written.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

MAX_ATTEMPTS = 5


def dispatch_again_after() -> timedelta:
    """How long a queued row may wait before its message is sent again."""
    return timedelta(seconds=settings.OILWATCH_RING_AGAIN_SECONDS)


class JobQuerySet(models.QuerySet[Any]):
    """The three moves every job knows."""

    def claim(self, pk: int, *, now: datetime, lease: timedelta) -> int | None:
        """Take the job if it is free; return the fencing token, or None if somebody else has it."""
        taken = (
            self.filter(pk=pk, attempts__lt=MAX_ATTEMPTS)
            .filter(Q(status="queued") | Q(status="running", lease_until__lt=now))
            .update(
                status="running",
                attempts=F("attempts") + 1,
                lease_until=now + lease,
                started_at=now,
            )
        )
        return self.values_list("attempts", flat=True).get(pk=pk) if taken else None

    def held(self, pk: int, token: int) -> Self:
        """The job, if this attempt still holds it (to extend or to finish it)."""
        return self.filter(pk=pk, status="running", attempts=token)

    def overdue(self, *, now: datetime) -> Self:
        """Jobs nobody works on though it is time: never picked up, or the worker went silent."""
        return self.filter(Q(status="queued", dispatch_at__lte=now) | Q(status="running", lease_until__lt=now))


class Job(models.Model):
    """Base of Visit and Training."""

    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    dispatch_at = models.DateTimeField(help_text="when the reconciler resends the message if no worker has started")
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField(blank=True, help_text="the reason for this status")

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        abstract = True
