"""/health/ for load balancers, and for people who wonder why nothing moves; /health/live/ for restarts."""

from django.http import HttpRequest, JsonResponse

from dashboard.selectors.health import all_checks


def live(request: HttpRequest) -> JsonResponse:
    """200 whenever the process answers: for restarts."""
    return JsonResponse({"live": True})


def health(request: HttpRequest) -> JsonResponse:
    """200 if everything is well, 503 with what is not: stores, beat, the age of each shop's newest visit."""
    checks = all_checks()
    ok = all(check["ok"] for check in checks.values())
    return JsonResponse({"ok": ok, "checks": checks}, status=200 if ok else 503)
