"""Send what is due. Never twice: a message is claimed and committed first, and sent after that.

A worker that dies in between leaves it "may have been sent", as does a server that does not answer a request;
only what surely did not arrive is tried again, later each time, and given up after a few attempts.
"""

import time
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.utils import timezone

from dashboard.models import Channel, Delivery, DeliveryState
from dashboard.notifications.channels.apprise_service import send_over_apprise
from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome, Reason
from dashboard.notifications.channels.mail import send_by_mail
from dashboard.notifications.channels.message import Message
from dashboard.selectors.mail_addresses import mail_of, may_write_to
from dashboard.services.deliveries import Claim, claim_next, give_up_lost
from dashboard.texts.alert_message import alert_message

log = structlog.get_logger(__name__)
ROUND = 60.0  # seconds: well below the task's own limit
PAUSES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
NOT_YET = Outcome(DeliveryResult.REFUSED, Reason.UNCONFIRMED)
GONE = Outcome(DeliveryResult.REFUSED, Reason.CHANNEL_GONE)


def send_due(*, seconds: float = ROUND) -> int:
    """Send messages until nothing is due or the time is up; return how many alert events were sent."""
    begun, sent = time.monotonic(), 0
    give_up_lost(timezone.now())
    while time.monotonic() - begun < seconds:
        claim = claim_next(timezone.now())
        if claim is None:
            break
        outcome = _send(claim)
        _write_down(claim, outcome, timezone.now())
        sent += len(claim.deliveries) if outcome.is_sent else 0
    return sent


def _send(claim: Claim) -> Outcome:
    delivery = claim.deliveries[0]
    message = alert_message(
        [each.alert_event for each in claim.deliveries], claim.preferences, message_id=claim.message.hex
    )
    if delivery.email:
        return _send_by_mail(delivery.user, delivery.email, message)
    if delivery.channel is None or not delivery.channel.enabled:
        return GONE
    return send_over(delivery.channel, message)


def send_over(channel: Channel, message: Message) -> Outcome:
    """Send a message over a channel: mail by the operator's server, the rest by Apprise."""
    mail = mail_of(channel)
    outcome = _send_by_mail(channel.user, mail, message) if mail else send_over_apprise(channel.address, message)
    if outcome != NOT_YET:  # that is no illness of the channel
        _note_health(channel, outcome)
    return outcome


def _send_by_mail(user: Any, address: str, message: Message) -> Outcome:
    """The last check before mail leaves: an unconfirmed address gets nothing but the question."""
    return send_by_mail(address, message) if may_write_to(user, address) else NOT_YET


def _note_health(channel: Channel, outcome: Outcome) -> None:
    now = timezone.now()
    if outcome.is_sent:
        Channel.objects.filter(pk=channel.pk).update(failing_since=None, last_error="", last_success_at=now)
    else:
        since = channel.failing_since or now
        Channel.objects.filter(pk=channel.pk).update(failing_since=since, last_error=outcome.why[:255])


def _write_down(claim: Claim, outcome: Outcome, now: datetime) -> None:
    """Write how it ended; a worker that was believed dead may still correct that."""
    open_ones = Delivery.objects.filter(message=claim.message, state__in=[DeliveryState.SENDING, DeliveryState.UNKNOWN])
    if outcome.is_sent:
        open_ones.update(state=DeliveryState.SENT, sent_at=now, error="")
        return
    log.warning("alert_not_sent", message=str(claim.message), result=outcome.result, why=outcome.why)
    if outcome.result == DeliveryResult.LATER:
        # Each by its own attempts: a new event may be in one message with one that is tried for the last time.
        for attempts, pause in enumerate(PAUSES, start=1):
            open_ones.filter(attempts=attempts, wanted=True).update(
                state=DeliveryState.QUEUED, due_at=now + pause, error=outcome.why
            )
        open_ones.filter(wanted=False).update(state=DeliveryState.STOPPED, error=outcome.why)
        open_ones.update(state=DeliveryState.FAILED, error=outcome.why)
    elif outcome.result == DeliveryResult.UNKNOWN:
        open_ones.update(state=DeliveryState.UNKNOWN, error=outcome.why)
    else:
        open_ones.update(state=DeliveryState.FAILED, error=outcome.why)
