"""/health/ for load balancers, and for people who wonder why nothing moves; /health/live/ for restarts."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone, translation

from dashboard.selectors.health import all_checks
from dashboard.texts.health import with_cures


def live(request: HttpRequest) -> JsonResponse:
    """200 whenever the process answers: for restarts."""
    return JsonResponse({"live": True})


def health(request: HttpRequest) -> JsonResponse:
    """200 if everything is well, 503 with what is not and its cure: stores, beat, queue, each shop's newest visit."""
    with translation.override("en"):  # for machines, and for logs
        checks = with_cures(all_checks(), timezone.now())
    ok = all(check["ok"] for check in checks.values())
    return JsonResponse({"ok": ok, "checks": checks}, status=200 if ok else 503)
