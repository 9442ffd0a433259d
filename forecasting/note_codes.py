"""What is to be noted of a series, or why it was refused, as codes: stored as `code`, or `code:value:value`."""

from enum import StrEnum


class NoteCode(StrEnum):
    """One note; its values stand in the order named here."""

    SHORT_HISTORY = "short_history"  # days with a price
    NEVER_CHANGED = "never_changed"
    CARRIED_FORWARD = "carried_forward"
    UNIT_CHANGED = "unit_changed"  # factor, ISO day
    UNIT_MAY_HAVE_CHANGED = "unit_may_have_changed"  # factor, ISO day
    FEW_DAYS = "few_days"  # days with a price, days needed
    NO_CURRENT_PRICE = "no_current_price"  # ISO day


def note(code: NoteCode, *values: object) -> str:
    """A note as it is stored."""
    return ":".join([code, *map(str, values)])


def parse_note(stored: str) -> tuple[str, list[str]]:
    """The code and the values of a stored note; of an older forecast's sentence, something that is no code."""
    code, *values = stored.split(":")
    return code, values
