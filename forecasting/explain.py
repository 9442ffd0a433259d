"""Notes on a series and refusals as codes, and the English sentences that the API gives for them and for advice."""

from __future__ import annotations

import numpy as np

from forecasting.features.unit_change import SPIKE
from forecasting.panel import Panel
from forecasting.policy.advice import Advice, AdviceCode

SHORT_HISTORY = 60
NOTES = {
    "few_days": "{} observed days; a forecast needs at least {}.",
    "no_current_price": "No price on {}; a forecast starts from a current price.",
    "short_history": "Only {} observed days; the ranges rely on the other products.",
    "never_changed": "The price has never changed; nothing was fitted.",
    "carried_forward": "No price was observed on the last day; the latest one is carried forward.",
    "unit_changed": "The price jumped by a factor of {} on {} and stayed: another unit or pack. "
    "Only prices since then count.",
    "unit_may_have_changed": "The price jumped by a factor of {} on {}. Until it has stayed for "
    f"{SPIKE} days it may be a wrong price, or another unit or pack; "
    "should it go back, the prices before it count again.",
}
REASONS = {
    AdviceCode.WAITING_PAYS: "In similar weeks, waiting until {deadline} saved {saving:.1%} on average.",
    AdviceCode.WAITING_DOES_NOT_PAY: "In similar weeks, waiting until {deadline} did not save money.",
    AdviceCode.NO_RECORD: "There is no track record yet to base advice on.",
    AdviceCode.NO_GAIN: "In similar weeks, waiting did not save money: no advice is given.",
    AdviceCode.LEDGER_SHOWS_NO_GAIN: "Following our recent advice did not save money: none is given for now.",
}


def notes_on(panel: Panel, row: int) -> tuple[str, ...]:
    """Codes of what a reader should know about a series: thin, still or broken history."""
    prices = panel.prices[row]
    observed = int(panel.observed[row].sum())
    known = prices[np.isfinite(prices)]
    notes = []
    if observed < SHORT_HISTORY:
        notes.append(f"short_history:{observed}")
    if np.ptp(known) == 0:
        notes.append("never_changed")
    if not panel.observed[row, -1]:
        notes.append("carried_forward")
    return tuple(notes)


def note_text(note: str) -> str:
    """The sentence of a note's code, `name:value:value`; what is no code is a sentence already (older forecasts)."""
    name, *values = note.split(":")
    return NOTES[name].format(*values) if name in NOTES else note


def refusal_text(codes: str) -> str:
    """Why a series was not forecast: its codes, separated by spaces, as sentences."""
    return " ".join(note_text(code) for code in codes.split(" "))


def advice_reason(advice: Advice) -> str:
    """Why this is advised, in one English sentence or two."""
    reason = REASONS[advice.code].format(deadline=advice.deadline, saving=advice.expected_saving or 0.0)
    if advice.capture is None:
        return reason
    return f"{reason} Past advice saved {advice.capture:.0%} of the maximum possible."
