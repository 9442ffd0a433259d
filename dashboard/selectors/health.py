"""Whether the platform is well: each check, and where it fails, why."""

from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from dashboard.selectors.operations import late_shops
from forecasting.models import Training, TrainingPart, TrainingStatus
from scraping.models import OPEN, Visit

SILENT_BEAT = timedelta(minutes=5)
SILENT_WORKERS = timedelta(minutes=15)


def all_checks() -> dict[str, dict[str, Any]]:
    """Each check by its name: "ok", and where it is not, why."""
    checks: dict[str, dict[str, Any]] = {"redis": _redis()}
    try:
        checks |= {"database": {"ok": True}, "beat": _beat(), "looks": _late_shops(), "queue": _queue()}
    except DatabaseError as error:
        checks["database"] = {"ok": False, "why": type(error).__name__}
    return checks


def _redis() -> dict[str, Any]:
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except redis.RedisError as error:
        return {"ok": False, "why": type(error).__name__}
    return {"ok": True}


def _beat() -> dict[str, Any]:
    newest = PeriodicTask.objects.aggregate(newest=Max("last_run_at"))["newest"]
    if newest is None or timezone.now() - newest > SILENT_BEAT:
        return {"ok": False, "last_ring": newest, "why": "celery-beat sent nothing in five minutes"}
    return {"ok": True, "last_ring": newest}


def _late_shops() -> dict[str, Any]:
    """Every shop that this server reads was visited in time; visits that find no price are the shop's doing.

    "late" has the shops nobody visited, "failing" those whose visits all ended without a price, and how.
    """
    shops = late_shops(timezone.now())
    late = {name: shop.newest for name, shop in shops.items() if shop.outcome is None}
    failing = {name: shop.outcome for name, shop in shops.items() if shop.outcome is not None}
    return {"ok": not late, "late": late, "failing": failing}


def _queue() -> dict[str, Any]:
    """Work that has waited for a quarter of an hour, of which no worker took any or holds any, has no worker."""
    now = timezone.now()
    limit = now - SILENT_WORKERS
    long_queued = Q(status="queued", created_at__lt=limit)
    visits = Visit.objects.filter(status__in=OPEN).aggregate(
        open=Count("pk"), waiting=Count("pk", filter=long_queued), oldest=Min("created_at", filter=long_queued)
    )
    orders = Training.objects.filter(status__in=[TrainingStatus.QUEUED, TrainingStatus.RUNNING]).aggregate(
        open=Count("pk"), waiting=Count("pk", filter=long_queued), oldest=Min("created_at", filter=long_queued)
    )
    parts = TrainingPart.objects.filter(long_queued).aggregate(waiting=Count("pk"), oldest=Min("created_at"))
    counts = {"visits_open": visits["open"], "trainings_open": orders["open"]}
    waiting = sum(jobs["waiting"] for jobs in (visits, orders, parts))
    if waiting and not _is_worker_alive(now, limit):
        oldest = min(jobs["oldest"] for jobs in (visits, orders, parts) if jobs["oldest"])
        why = "no worker has taken waiting work for a quarter of an hour"
        return {"ok": False, "why": why, "waiting": waiting, "oldest": oldest, **counts}
    return {"ok": True, **counts}


def _is_worker_alive(now: datetime, limit: datetime) -> bool:
    """Whether one took work since then, or keeps the lease of long work."""
    alive = Q(started_at__gte=limit) | Q(status="running", lease_until__gte=now)
    return any(jobs.filter(alive).exists() for jobs in (Visit.objects.all(), TrainingPart.objects.all()))
