"""Send the messages that ask for a yes. Never twice: each is claimed and committed first, and sent after that."""

import time
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from dashboard.models import MailAddress, NotificationPreferences
from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome
from dashboard.notifications.channels.mail import send_by_mail
from dashboard.services.send_deliveries import PAUSES
from dashboard.texts.confirm_message import confirm_message

ROUND = 20.0  # seconds; what is left waits for the next round


def ask_due() -> int:
    """Ask whom nobody rang for, or whose mail server had to be tried again; return how many were asked."""
    begun, sent = time.monotonic(), 0
    due = MailAddress.objects.filter(confirmed_at__isnull=True, ask_at__lte=timezone.now()).order_by("ask_at")
    for pk in list(due.values_list("pk", flat=True)):
        if time.monotonic() - begun > ROUND:
            break
        sent += ask_address(address_id=pk)
    return sent


def ask_address(*, address_id: int) -> bool:
    """Ask the holder of one address, if that is due and nobody else is at it; return whether the mail was taken."""
    now = timezone.now()
    due = MailAddress.objects.filter(pk=address_id, confirmed_at__isnull=True, ask_at__lte=now)
    if not due.update(ask_at=None, asked_at=now, attempts=F("attempts") + 1):
        return False
    address = MailAddress.objects.get(pk=address_id)
    preferences = NotificationPreferences.objects.filter(user=address.user_id).first() or NotificationPreferences()
    outcome = send_by_mail(address.email, confirm_message(address, preferences.language))
    _write_down(address, outcome, now)
    return outcome.is_sent


def _write_down(address: MailAddress, outcome: Outcome, now: datetime) -> None:
    """What surely did not arrive is tried again, later each time; the rest the person may have sent again."""
    error, ask_at = outcome.why[:255], None
    if outcome.ended == DeliveryResult.LATER and address.attempts <= len(PAUSES):
        ask_at = now + PAUSES[address.attempts - 1]
    pending = MailAddress.objects.filter(pk=address.pk, asked_at=now, confirmed_at__isnull=True)
    pending.update(error=error, ask_at=ask_at)
