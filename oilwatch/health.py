"""Whether the platform is well: for load balancers, and for people who wonder why nothing moves."""

from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max, Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from forecasting.models import Training, TrainingStatus
from scraping.models import OPEN, Adapter, Shop, Visit, VisitStatus

SILENT_BEAT = timedelta(minutes=5)


def live(request: HttpRequest) -> JsonResponse:
    """200 whenever the process answers: for restarts."""
    return JsonResponse({"live": True})


def health(request: HttpRequest) -> JsonResponse:
    """200 if everything is well, 503 with what is not: stores, beat, the age of each shop's newest look."""
    checks = all_checks()
    ok = all(check["ok"] for check in checks.values())
    return JsonResponse({"ok": ok, "checks": checks}, status=200 if ok else 503)


def all_checks() -> dict[str, dict[str, Any]]:
    """Each check by its name: "ok", and where it is not, why."""
    checks: dict[str, dict[str, Any]] = {"redis": _redis()}
    try:
        checks |= {"database": {"ok": True}, "beat": _beat(), "looks": _looks(), "queue": _queue()}
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
        return {"ok": False, "last_ring": newest, "why": "celery-beat rang for nothing in five minutes"}
    return {"ok": True, "last_ring": newest}


def _looks() -> dict[str, Any]:
    """A shop is late when its newest successful look is older than twice its interval."""
    ages = Shop.objects.exclude(adapter=Adapter.IMPORT).filter(enabled=True, products__watched=True)
    ages = ages.annotate(newest=Max("products__visits__finished_at", filter=Q(products__visits__status=VisitStatus.OK)))
    late = {
        shop.name: shop.newest
        for shop in ages
        if shop.newest is None or timezone.now() - shop.newest > 2 * shop.visit_interval
    }
    return {"ok": not late, "late": late}


def _queue() -> dict[str, Any]:
    waiting = Visit.objects.filter(status__in=OPEN).count()
    training = Training.objects.filter(status__in=[TrainingStatus.QUEUED, TrainingStatus.RUNNING]).count()
    return {"ok": True, "visits_open": waiting, "trainings_open": training}
