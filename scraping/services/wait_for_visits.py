"""For those who look without a worker: wait until a visit may be tried again."""

import time

from django.utils import timezone

from scraping.models import Visit

SHORTEST, LONGEST = 0.2, 10.0  # seconds


def wait_out(visit_id: int) -> None:
    """Sleep until the visit's turn has come, at most ten seconds: then look again how it stands."""
    visit = Visit.objects.only("dispatch_at").get(pk=visit_id)
    time.sleep(min(max((visit.dispatch_at - timezone.now()).total_seconds(), SHORTEST), LONGEST))
