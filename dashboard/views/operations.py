"""The operator's page: is all well, what is running, what waits for a person."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.permissions import is_operator, only
from dashboard.selectors import operations as reads
from dashboard.selectors.health import all_checks
from dashboard.selectors.last_visits import failed_lately

DAY = timedelta(days=1)


@require_safe
@only(is_operator)
def operations(request: HttpRequest) -> HttpResponse:
    """Show it."""
    now = timezone.now()
    checks = all_checks()
    outcomes = reads.outcomes_since(now - DAY)
    held, proposals = reads.waiting_for_a_person()
    return render(
        request,
        "operations.html",
        {
            "now": now,
            "checks": checks,
            "ill": sum(not check["ok"] for check in checks.values()),
            "shops": reads.shop_states(now),
            "outcomes": outcomes,
            "looks": sum(count for _, count in outcomes),
            "visits": reads.open_visits(),
            "runs": reads.running_orders(),
            "trainings": reads.running_trainings(),
            "last_trainings": reads.last_trainings(),
            "failed": failed_lately(now - DAY).count(),
            "held": held,
            "found": proposals,
        },
    )
