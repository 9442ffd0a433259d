"""Notes on the history behind a forecast, as sentences of the reader's language."""

import pytest
from django.utils.translation import override

from dashboard.texts.forecast_notes import NOTES, forecast_note
from forecasting.note_codes import NoteCode, note

REFUSALS = {NoteCode.FEW_DAYS, NoteCode.NO_CURRENT_PRICE}


@pytest.mark.parametrize(
    ("stored", "english", "spanish"),
    [
        (note(NoteCode.SHORT_HISTORY, 42), "Only 42 days had a price", "Solo hay 42 días"),
        (note(NoteCode.NEVER_CHANGED), "never changed so far", "no ha cambiado nunca"),
        (note(NoteCode.CARRIED_FORWARD), "No price was seen on the last day", "El último día no se vio"),
        (
            note(NoteCode.UNIT_CHANGED, "4.5", "2026-11-03"),
            "On 3 Nov 2026 the price changed by a factor of 4.5 and stayed",
            "El 3 nov 2026 el precio se multiplicó por 4,5 y se mantuvo",
        ),
        (
            note(NoteCode.UNIT_MAY_HAVE_CHANGED, "0.25", "2026-11-03"),
            "On 3 Nov 2026 the price changed by a factor of 0.25: it may be wrong",
            "El 3 nov 2026 el precio se multiplicó por 0,25: puede ser un error",
        ),
    ],
)
def test_a_note_is_a_sentence_in_both_languages(stored: str, english: str, spanish: str) -> None:
    for language, expected in (("en", english), ("es", spanish)):
        with override(language):
            assert expected in forecast_note(stored)


def test_every_note_of_a_published_forecast_has_its_sentence() -> None:
    assert set(NOTES) == set(NoteCode) - REFUSALS


def test_a_sentence_of_an_older_forecast_stays() -> None:
    assert forecast_note("Only 42 observed days: wide.") == "Only 42 observed days: wide."
