"""Add, remove and try the ways a person wants messages."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext

from dashboard.models import Channel
from dashboard.notifications.channels.address import WrongAddress, checked, masked
from dashboard.notifications.channels.delivery_result import Outcome
from dashboard.selectors.mail_addresses import mail_of
from dashboard.services.addresses import name_address
from dashboard.services.locks import lock_user
from dashboard.services.rate_limits import acquire_or_refuse
from dashboard.services.send_deliveries import send_over
from dashboard.texts.alert_message import trial_message

MOST_CHANNELS = 20  # a person
SECONDS_BETWEEN_TRIALS, TRIALS_AT_ONCE = 20.0, 3


class TooManyChannels(Exception):
    """The person has as many channels as anybody may have."""


def add_channel(*, user: Any, name: str, address: str) -> Channel:
    """Add a way to reach this person; the holder of an e-mail address has to confirm it first.

    WrongAddress says what to change, TooManyChannels that the limit is reached, TooSoon that no confirmation may be
    sent now.
    """
    address = checked(address)
    try:
        with transaction.atomic():
            lock_user(user)
            if Channel.objects.filter(user=user).count() >= MOST_CHANNELS:
                raise TooManyChannels
            channel = Channel.objects.create(user=user, name=name.strip() or masked(address)[:64], address=address)
            name_address(user=user, email=mail_of(channel))
            return channel
    except IntegrityError as error:
        raise WrongAddress(gettext("You already have a channel with this name.")) from error


def change_channel(*, channel: Channel, **values: Any) -> Channel:
    """Rename it, switch it on or off, or give it another address, which is confirmed like a new one."""
    if "address" in values:
        values["address"] = checked(values["address"])
        values |= {"failing_since": None, "last_error": ""}
    for name, value in values.items():
        setattr(channel, name, value)
    try:
        with transaction.atomic():
            channel.save()
            name_address(user=channel.user, email=mail_of(channel))
    except IntegrityError as error:
        raise WrongAddress(gettext("You already have a channel with this name.")) from error
    return channel


def remove_channel(*, user: Any, channel_id: int) -> bool:
    """Remove one's own channel; False where there is none of that number."""
    return bool(Channel.objects.filter(user=user, pk=channel_id).delete()[0])


def try_channel(*, channel: Channel) -> Outcome:
    """Send a test over the channel now and say how it ended; TooSoon where that was just done."""
    acquire_or_refuse(f"channel-trial:{channel.user_id}", seconds_between=SECONDS_BETWEEN_TRIALS, burst=TRIALS_AT_ONCE)
    return send_over(channel, trial_message(get_language() or "en"))
