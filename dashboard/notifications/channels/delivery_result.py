"""How one attempt to tell somebody ended, and what follows from it. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class DeliveryResult(StrEnum):
    """What is known of a message after an attempt."""

    SENT = "sent"
    LATER = "later"  # it surely did not arrive, and may when tried again
    REFUSED = "refused"  # it surely did not arrive, and something has to be changed first
    UNKNOWN = "unknown"  # it may have arrived, so it is never sent again


class Reason(StrEnum):
    """Why a message did not arrive: stored as a code, with a detail after a colon where there is one."""

    PRIVATE_ADDRESS = "private_address"
    TRY_LATER = "try_later"
    SERVICE_FAILED = "service_failed"
    ACCESS_REFUSED = "access_refused"
    ADDRESS_UNKNOWN = "address_unknown"
    REDIRECTED = "redirected"
    MESSAGE_REFUSED = "message_refused"
    NO_SUCH_SERVER = "no_such_server"
    LOOKUP_TIMED_OUT = "lookup_timed_out"
    NO_CONNECTION = "no_connection"
    BAD_CERTIFICATE = "bad_certificate"
    UNUSABLE_ADDRESS = "unusable_address"
    CONNECTION_LOST = "connection_lost"
    MAIL_NOT_SET_UP = "mail_not_set_up"
    MAIL_UNREACHABLE = "mail_unreachable"
    BAD_MAIL_ADDRESS = "bad_mail_address"
    MAIL_SILENT = "mail_silent"
    MAIL_REFUSED = "mail_refused"
    MAIL_LATER = "mail_later"
    INCOMPLETE_ADDRESS = "incomplete_address"
    ADAPTER_FAILED = "adapter_failed"
    NOT_ACCEPTED = "not_accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    WORKER_STOPPED = "worker_stopped"
    UNCONFIRMED = "unconfirmed"
    CHANNEL_GONE = "channel_gone"
    NOWHERE = "nowhere"

    def of(self, detail: str) -> str:
        """The code with its detail, such as "HTTP 401"."""
        return f"{self.value}:{detail}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one attempt; `why` is a `Reason`, perhaps with its detail, and holds no secret."""

    result: DeliveryResult
    why: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the other side took it."""
        return self.result == DeliveryResult.SENT
