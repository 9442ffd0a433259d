"""How one attempt to tell somebody ended, and what follows from it. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class DeliveryResult(StrEnum):
    """What is known of a message after an attempt."""

    SENT = "sent"
    LATER = "later"  # it surely did not arrive, and may when tried again
    REFUSED = "refused"  # it surely did not arrive, and something has to be changed first
    UNKNOWN = "unknown"  # it may have arrived, so it is never sent again


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one attempt; `why` is in English, for the record, and holds no secret."""

    result: DeliveryResult
    why: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the other side took it."""
        return self.result == DeliveryResult.SENT
