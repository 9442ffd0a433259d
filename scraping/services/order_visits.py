"""Write visits before they are made: on request, on schedule, and again for those nobody took."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from scraping.jobs.dispatch import enqueue_on_commit
from scraping.jobs.job import MAX_ATTEMPTS, dispatch_again_after
from scraping.models import OPEN, Product, ScrapeRun, Visit, VisitStatus

VISIT_TASK = "scraping.tasks.visit"
LONGEST_PAUSE = timedelta(minutes=30)


@transaction.atomic
def order_scrape(
    *, products: Iterable[Product], source: str, requested_by: str = "", enqueue: bool = True
) -> ScrapeRun:
    """Order a visit to each of these products now; products of import shops have no page and are left out.

    With `enqueue=False` no worker is called: the caller makes the visits itself.
    """
    run = ScrapeRun.objects.create(source=source, requested_by=requested_by)
    now = timezone.now()
    _write([(p, now) for p in products if p.shop.has_pages], run=run, now=now, enqueue=enqueue)
    return run


@transaction.atomic
def order_due(*, now: datetime) -> int:
    """Order a visit to each scrapable product that is due; returns how many. Calling it twice orders once."""
    # One index look-up a product: an aggregate over the join would read every visit ever made, each minute.
    newest = Subquery(Visit.objects.filter(product=OuterRef("pk")).order_by("-due_at").values("due_at")[:1])
    products: Any = Product.objects.scrapable().select_related("shop").annotate(last_due=newest)
    slots = ((product, latest_slot(product.pk, every=product.shop.visit_interval, now=now)) for product in products)
    due = [(product, slot) for product, slot in slots if product.last_due is None or slot > product.last_due]
    return len(_write(due, run=None, now=now))


def latest_slot(product_id: int, *, every: timedelta, now: datetime) -> datetime:
    """The newest due time of a product that is not in the future.

    Slots lie `every` apart on a grid shifted per product, so that a catalogue is spread over the interval and any
    number of beats compute the same slot.
    """
    step = max(1, int(every.total_seconds()))
    offset = (product_id * 2_654_435_761) % step  # Knuth's multiplicative hash: neighbours land far apart
    seconds = int(now.timestamp())
    return now.fromtimestamp((seconds - offset) // step * step + offset, tz=now.tzinfo)


@transaction.atomic
def reconcile_visits(*, now: datetime) -> int:
    """Enqueue open visits nobody works on again, give up those tried too often; returns how many were enqueued."""
    overdue = Visit.objects.overdue(now=now).select_for_update(skip_locked=True)
    exhausted = overdue.filter(attempts__gte=MAX_ATTEMPTS)
    Visit.objects.filter(pk__in=exhausted.values("pk")).update(
        status=VisitStatus.DEAD,
        finished_at=now,
        reason=f"failed: {MAX_ATTEMPTS} workers started and none finished",
    )
    waiting = list(overdue.filter(attempts__lt=MAX_ATTEMPTS))
    for visit in waiting:
        # The pause doubles, so that a long queue is not flooded with messages for the same rows.
        visit.dispatch_at = now + min(max(dispatch_again_after(), now - visit.created_at), LONGEST_PAUSE)
    Visit.objects.bulk_update(waiting, ["dispatch_at"])
    _enqueue(waiting)
    return len(waiting)


def cancel_run(*, run_id: int) -> int:
    """Cancel the run's visits that nobody has begun; running ones end by themselves. Returns how many."""
    return _cancel(Visit.objects.filter(run=run_id, status=VisitStatus.QUEUED), reason="cancelled by the operator")


def cancel_open(*, products: Sequence[Product]) -> int:
    """Cancel the open visits of products that are no longer watched; returns how many."""
    open_visits = Visit.objects.filter(product__in=products, status__in=OPEN)
    return _cancel(open_visits, reason="the product is no longer watched")


def _cancel(visits: "QuerySet[Visit]", *, reason: str) -> int:
    return visits.update(status=VisitStatus.CANCELLED, finished_at=timezone.now(), lease_until=None, reason=reason)


def _write(
    due: Sequence[tuple[Product, datetime]], *, run: ScrapeRun | None, now: datetime, enqueue: bool = True
) -> list[Visit]:
    visits = Visit.objects.bulk_create(
        [Visit(product=p, run=run, due_at=at, dispatch_at=now + dispatch_again_after()) for p, at in due],
        ignore_conflicts=True,  # somebody ordered the same visit at the same time
    )
    keys = {(visit.product_id, visit.due_at) for visit in visits}
    written = Visit.objects.filter(
        product__in=[p for p, _ in due], due_at__in={at for _, at in due}, status=VisitStatus.QUEUED
    )
    queued = [visit for visit in written if (visit.product_id, visit.due_at) in keys]
    if enqueue:
        _enqueue(queued)
    return queued


def _enqueue(visits: Iterable[Visit]) -> None:
    enqueue_on_commit(VISIT_TASK, [each.pk for each in visits])
