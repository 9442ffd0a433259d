"""What a reader should know of the history behind a forecast: the notes' codes as sentences."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dashboard.texts.formats import day, plain_number
from forecasting.note_codes import NoteCode, parse_note

NOTES: dict[str, Any] = {
    NoteCode.SHORT_HISTORY: ngettext_lazy(
        "Only %(days)s day had a price, so the range relies on the other products.",
        "Only %(days)s days had a price, so the range relies on the other products.",
        "days",
    ),
    NoteCode.NEVER_CHANGED: _("The price has never changed so far."),
    NoteCode.CARRIED_FORWARD: _("No price was seen on the last day, so the forecast starts from the latest one."),
    NoteCode.UNIT_CHANGED: _(
        "On %(day)s the price changed by a factor of %(factor)s and stayed there: another unit or pack. "
        "Older prices do not count."
    ),
    NoteCode.UNIT_MAY_HAVE_CHANGED: _(
        "On %(day)s the price changed by a factor of %(factor)s: it may be wrong, or another unit or pack. "
        "Older prices do not count for now."
    ),
}


def forecast_note(stored: str) -> str:
    """Put a stored note into the reader's language; older forecasts hold English sentences, which stay as they are."""
    code, values = parse_note(stored)
    if code == NoteCode.SHORT_HISTORY:
        return str(NOTES[code] % {"days": int(values[0])})
    if code in {NoteCode.UNIT_CHANGED, NoteCode.UNIT_MAY_HAVE_CHANGED}:
        factor, changed_on = values
        return str(NOTES[code]) % {"factor": plain_number(float(factor)), "day": day(date.fromisoformat(changed_on))}
    return str(NOTES.get(code, stored))
