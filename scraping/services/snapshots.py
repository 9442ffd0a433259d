"""Keep a page as evidence, give it back; forget pages and visits in time."""

import hashlib
import zlib
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from scraping.models import Decision, ScrapeRun, Snapshot, Visit


def keep_snapshot(*, page: bytes) -> Snapshot:
    """The snapshot of these bytes; the same page is stored once."""
    digest = hashlib.sha256(page).hexdigest()
    snapshot, made = Snapshot.objects.get_or_create(
        content_hash=digest, defaults={"compressed": zlib.compress(page, 6), "page_bytes": len(page)}
    )
    if not made:
        Snapshot.objects.filter(pk=snapshot.pk).update(last_used_at=timezone.now())
    return snapshot


def page_of(snapshot: Snapshot) -> bytes:
    """The page as it came."""
    return zlib.decompress(bytes(snapshot.compressed))


def forget_snapshots(*, now: datetime) -> int:
    """Remove pages older than the retention, except those a waiting decision rests on; returns how many."""
    limit = now - timedelta(days=settings.OILWATCH_SNAPSHOT_DAYS)
    old = Snapshot.objects.filter(last_used_at__lt=limit).exclude(
        visits__quarantined_offer__decision=Decision.WAITING,
    )
    return old.delete()[1].get("scraping.Snapshot", 0)


def forget_visits(*, now: datetime) -> int:
    """Remove visits that ended before the retention: the spells keep what they saw; returns how many."""
    limit = now - timedelta(days=settings.OILWATCH_VISIT_DAYS)
    old = Visit.objects.filter(finished_at__lt=limit).exclude(quarantined_offer__decision=Decision.WAITING)
    return int(old.delete()[1].get("scraping.Visit", 0))


def forget_runs(*, now: datetime) -> int:
    """Remove orders older than the retention whose visits are all removed; returns how many."""
    limit = now - timedelta(days=settings.OILWATCH_VISIT_DAYS)
    return int(ScrapeRun.objects.filter(created_at__lt=limit, visits__isnull=True).delete()[0])
