"""The operator's page: is all well, what is running, what waits for a person."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.notifications.channels.mail import mail_is_set_up
from dashboard.permissions import is_operator, only
from dashboard.selectors import operations as reads
from dashboard.selectors.health import all_checks
from dashboard.selectors.last_visits import failed_lately
from dashboard.texts.delivery_results import mail_not_set_up
from dashboard.texts.health import health_lines
from dashboard.texts.not_read import amazon_switched_off

DAY = timedelta(days=1)


@require_safe
@only(is_operator)
def operations(request: HttpRequest) -> HttpResponse:
    """Show it."""
    now = timezone.now()
    lines = health_lines(all_checks(), now)
    outcomes = reads.outcomes_since(now - DAY)
    held, proposals = reads.waiting_for_a_person()
    shops = reads.shop_states(now)
    return render(
        request,
        "operations.html",
        {
            "now": now,
            "health": lines,
            "ill": sum(not line.ok for line in lines),
            "shops": shops,
            "notes": _notes(shops),
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


def _notes(shops: list[reads.ShopState]) -> list[str]:
    """What is as the settings say, but perhaps not as the operator thinks."""
    unread = [shop.name for shop in shops if shop.watched and shop.switched_off]
    notes = [f"{', '.join(unread)}: {amazon_switched_off()}"] if unread else []
    return notes if mail_is_set_up() else [*notes, mail_not_set_up()]
