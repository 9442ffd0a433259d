"""Add, remove and try the ways a person wants to be told."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext
from redis.exceptions import RedisError

from dashboard.channels.address import WrongAddress, checked, masked
from dashboard.channels.outcome import Outcome
from dashboard.models import Channel
from dashboard.services.send_deliveries import send_over
from dashboard.telling.alert_message import trial_message
from scraping.client.turn import take_turn

MOST_CHANNELS = 20  # a person
SECONDS_BETWEEN_TRIALS, TRIALS_AT_ONCE = 20.0, 3


class TooManyChannels(Exception):
    """The person has as many channels as anybody may have."""


class TooSoon(Exception):
    """The test button was pressed too often, or the counter cannot be asked; `seconds` until the next turn."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Try again in {seconds:.0f} s.")
        self.seconds = seconds


def add_channel(*, user: Any, name: str, address: str) -> Channel:
    """Keep a new way of telling this person; WrongAddress says what to change, TooManyChannels that it is enough."""
    address = checked(address)
    if Channel.objects.filter(user=user).count() >= MOST_CHANNELS:
        raise TooManyChannels
    try:
        with transaction.atomic():
            return Channel.objects.create(user=user, name=name.strip() or masked(address)[:64], address=address)
    except IntegrityError as error:
        raise WrongAddress(gettext("You have a channel of this name already.")) from error


def change_channel(*, channel: Channel, **values: Any) -> Channel:
    """Rename it, switch it on or off, or give it another address."""
    if "address" in values:
        values["address"] = checked(values["address"])
        values |= {"failing_since": None, "last_error": ""}
    for name, value in values.items():
        setattr(channel, name, value)
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise WrongAddress(gettext("You have a channel of this name already.")) from error
    return channel


def remove_channel(*, user: Any, channel_id: int) -> bool:
    """Remove one's own channel; False where there is none of that number."""
    return bool(Channel.objects.filter(user=user, pk=channel_id).delete()[0])


def try_channel(*, channel: Channel) -> Outcome:
    """Send a test over the channel now and say how it ended; TooSoon where that was just done."""
    try:
        wait = take_turn(
            f"channel-trial:{channel.user_id}", seconds_between=SECONDS_BETWEEN_TRIALS, burst=TRIALS_AT_ONCE
        )
    except RedisError as error:  # it reaches out into the world: fail closed
        raise TooSoon(SECONDS_BETWEEN_TRIALS) from error
    if wait:
        raise TooSoon(wait)
    return send_over(channel, trial_message(get_language() or "en"))
