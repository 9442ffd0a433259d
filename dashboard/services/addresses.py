"""Double opt-in: add an e-mail address, ask its holder once, and take the confirmation."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dashboard.models import ConfirmedBy, MailAddress, NotificationPreferences
from dashboard.notifications.channels.address import same_letters
from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome
from dashboard.notifications.channels.mail import send_by_mail
from dashboard.selectors.mail_addresses import is_own
from dashboard.services.deliveries import release_held
from dashboard.services.rate_limits import TooSoon, acquire_or_refuse
from dashboard.services.send_deliveries import PAUSES
from dashboard.texts.confirm_message import confirm_message
from scraping.jobs.dispatch import enqueue_on_commit

ASK = "dashboard.tasks.ask_address"
BETWEEN = timedelta(minutes=10)  # two messages that ask, to one address for one person
HOUR = 3600.0
QUESTIONS_OF_A_PERSON = (HOUR, 5)  # seconds between turns, turns at once
QUESTIONS_TO_AN_ADDRESS = (8 * HOUR, 3)  # whoever wants it: a stranger's letter box is nobody's toy


@transaction.atomic
def name_address(*, user: Any, email: str) -> MailAddress | None:
    """Ask the holder of a new address, once, however often it is added; None where there is nobody to ask.

    Raises TooSoon where the person, or anybody for this address, has done that too often.
    """
    if not email or is_own(user, email):
        return None
    defaults = {"ask_at": timezone.now()}
    address, is_new = MailAddress.objects.get_or_create(user=user, email=same_letters(email), defaults=defaults)
    if is_new:
        _take_turns(address)
        enqueue_on_commit(ASK, [address.pk])
    return address


def ask_again(*, user: Any, address_id: int) -> MailAddress | None:
    """Send the message that asks once more; None where no address of that number waits for one. Raises TooSoon."""
    with transaction.atomic():
        waiting = MailAddress.objects.filter(user=user, pk=address_id, confirmed_at__isnull=True)
        address = waiting.select_for_update().first()
        if address is None:
            return None
        now = timezone.now()
        last = address.ask_at or address.asked_at
        if last is not None and last + BETWEEN > now:
            raise TooSoon((last + BETWEEN - now).total_seconds())
        _take_turns(address)
        address.ask_at, address.attempts, address.error = now, 0, ""
        address.save()
        enqueue_on_commit(ASK, [address.pk])
    return address


def _take_turns(address: MailAddress) -> None:
    every, burst = QUESTIONS_OF_A_PERSON
    acquire_or_refuse(f"address-asker:{address.user_id}", seconds_between=every, burst=burst)
    every, burst = QUESTIONS_TO_AN_ADDRESS
    acquire_or_refuse(f"address-asked:{address.email}", seconds_between=every, burst=burst)


def confirm_address(*, address_id: int, email: str, by: ConfirmedBy = ConfirmedBy.LINK) -> bool:
    """Take the yes, and send what waited for it; False where the address is no longer wanted. Twice is as once."""
    with transaction.atomic():
        address = MailAddress.objects.filter(pk=address_id, email=email).first()
        if address is None:
            return False
        NotificationPreferences.objects.get_or_create(user_id=address.user_id)
        # The worker that decides for this person holds the same lock: it sees the yes, or we see what it held back.
        NotificationPreferences.objects.select_for_update().get(user_id=address.user_id)
        waiting = MailAddress.objects.filter(pk=address.pk, confirmed_at__isnull=True)
        waiting.update(confirmed_at=timezone.now(), confirmed_by=by, ask_at=None, error="")
        release_held(user_id=address.user_id)
    return True


ROUND = 20.0  # seconds; what is left waits for the next round


def ask_due() -> int:
    """Ask those whose task was lost, or whose mail server had to be tried again; return how many were asked."""
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
    if outcome.result == DeliveryResult.LATER and address.attempts <= len(PAUSES):
        ask_at = now + PAUSES[address.attempts - 1]
    pending = MailAddress.objects.filter(pk=address.pk, asked_at=now, confirmed_at__isnull=True)
    pending.update(error=error, ask_at=ask_at)
