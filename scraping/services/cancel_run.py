"""Call off an order to scrape."""

from django.utils import timezone

from scraping.models import Visit, VisitStatus


def cancel_run(*, run_id: int) -> int:
    """Close the order's visits that nobody has begun; those being made end by themselves. Returns how many."""
    waiting = Visit.objects.filter(run=run_id, status=VisitStatus.QUEUED)
    return waiting.update(status=VisitStatus.FORBIDDEN, finished_at=timezone.now(), reason="cancelled by the operator")
