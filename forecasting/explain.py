"""Notes on a series and refusals as codes, and the English sentences that the API gives for them and for advice."""

from __future__ import annotations

import numpy as np

from forecasting.features.unit_change import SPIKE
from forecasting.note_codes import NoteCode, note, parse_note
from forecasting.panel import Panel
from forecasting.policy.advice import WAITING, Advice, AdviceCode

SHORT_HISTORY = 60
NOTES: dict[str, str] = {
    NoteCode.FEW_DAYS: "{} observed days; a forecast needs at least {}.",
    NoteCode.NO_CURRENT_PRICE: "No price on {}; a forecast starts from a current price.",
    NoteCode.SHORT_HISTORY: "Only {} observed days; the ranges rely on the other products.",
    NoteCode.NEVER_CHANGED: "The price has never changed so far.",
    NoteCode.CARRIED_FORWARD: "No price was observed on the last day; the latest one is carried forward.",
    NoteCode.UNIT_CHANGED: "The price jumped by a factor of {} on {} and stayed: another unit or pack. "
    "Only prices since then count.",
    NoteCode.UNIT_MAY_HAVE_CHANGED: "The price jumped by a factor of {} on {}. Until it has stayed for "
    f"{SPIKE} days it may be a wrong price, or another unit or pack; "
    "should it go back, the prices before it count again.",
}
REASONS = {
    AdviceCode.WAITING_PAYS: "Waiting until {deadline} is expected to save {saving:.1%}.",
    AdviceCode.SMALL_SAVING: "Waiting until {deadline} may save about {saving:.1%}; less than {smallest:.1%} is "
    "not worth waiting for.",
    AdviceCode.WAITING_DOES_NOT_PAY: "Waiting until {deadline} is not expected to save money.",
    AdviceCode.NO_RECORD: "There is no track record yet to base advice on.",
    AdviceCode.NO_GAIN: "In tests on the past, waiting did not save money: no advice is given.",
    AdviceCode.LEDGER_SHOWS_NO_GAIN: "Following our recent advice did not save money: none is given for now.",
}


def notes_on(panel: Panel, row: int) -> tuple[str, ...]:
    """Codes of what a reader should know about a series: thin, still or broken history."""
    prices = panel.prices[row]
    observed = int(panel.observed[row].sum())
    known = prices[np.isfinite(prices)]
    notes = []
    if observed < SHORT_HISTORY:
        notes.append(note(NoteCode.SHORT_HISTORY, observed))
    if np.ptp(known) == 0:
        notes.append(note(NoteCode.NEVER_CHANGED))
    if not panel.observed[row, -1]:
        notes.append(note(NoteCode.CARRIED_FORWARD))
    return tuple(notes)


def note_text(stored: str) -> str:
    """The English sentence of a note; what holds no code is a sentence already (older forecasts)."""
    code, values = parse_note(stored)
    return NOTES[code].format(*values) if code in NOTES else stored


def refusal_text(codes: str) -> str:
    """Why a series was not forecast: its codes, separated by spaces, as sentences."""
    return " ".join(note_text(code) for code in codes.split(" "))


def advice_reason(advice: Advice) -> str:
    """Why this is advised, in one to three English sentences."""
    shares = {"saving": advice.expected_saving or 0.0, "smallest": advice.smallest_saving or 0.0}
    reason = REASONS[advice.code].format(deadline=advice.deadline, **shares)
    if advice.action in WAITING and advice.chance_of_regret is not None:
        reason = f"{reason} About {100 * advice.chance_of_regret:.0f} of 100 such waits are expected to cost more."
    if advice.capture is None:
        return reason
    return f"{reason} In tests on the past, such advice saved {advice.capture:.0%} of the maximum possible."
