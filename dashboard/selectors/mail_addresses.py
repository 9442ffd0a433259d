"""Which e-mail addresses may be written to for whom: their own account's, and those whose holders confirmed them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dashboard.models import Channel, MailAddress
from dashboard.notifications.channels.address import mail_address, same_letters


@dataclass(frozen=True, slots=True)
class WaitingAddress:
    """One address that has not been confirmed; `asked_at` is empty while the message that asks is on its way."""

    id: int
    email: str
    asked_at: datetime | None
    error: str


def is_own(user: Any, email: str) -> bool:
    """Whether it is the account's own address: the operator wrote that one, nobody changes it on a page."""
    return bool(user.email) and same_letters(email) == same_letters(user.email)


def may_write_to(user: Any, email: str) -> bool:
    """Whether alerts of this person may go there: at most one query."""
    return is_own(user, email) or _confirmed(user).filter(email=same_letters(email)).exists()


class Agreed:
    """Which of one person's addresses may be written to: one query, when the first of them is met."""

    def __init__(self) -> None:
        self._known: frozenset[str] | None = None

    def waits(self, user: Any, email: str) -> bool:
        """Whether this is an e-mail address that nothing may be sent to yet."""
        if not email or is_own(user, email):
            return False
        if self._known is None:
            self._known = frozenset(_confirmed(user).values_list("email", flat=True))
        return same_letters(email) not in self._known


def mail_of(channel: Channel | None) -> str:
    """Return the e-mail address of a channel, or nothing where it is no such channel."""
    return mail_address(channel.address) if channel else ""


def waiting_addresses(user_id: int) -> list[WaitingAddress]:
    """One person's addresses that have not been confirmed: one query."""
    rows = MailAddress.objects.filter(user=user_id, confirmed_at__isnull=True)
    return [WaitingAddress(row.pk, row.email, None if row.ask_at else row.asked_at, row.error) for row in rows]


def _confirmed(user: Any) -> QuerySet[MailAddress]:
    return MailAddress.objects.filter(user=user, confirmed_at__isnull=False)
