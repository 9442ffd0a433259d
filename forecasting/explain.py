"""Words for people: what a method is, and what to bear in mind about a series."""

from __future__ import annotations

import numpy as np

from forecasting.evaluation.candidates import EVENT, EVENT_AND_PROPHET, STEADY, STEADY_PROPHET
from forecasting.panel import Panel
from forecasting.selection.gate import LAST_PRICE

METHODS = {
    LAST_PRICE: "last price",
    STEADY: "event model towards Prophet's regular price",
    STEADY_PROPHET: "Prophet's regular price where the event model is sure",
    EVENT: "event model",
    EVENT_AND_PROPHET: "event model and Prophet's regular price",
    "smoothing": "exponential smoothing",
    "origin_pass_through": "what the price at origin passes on",
    "prophet_regular_25%": "a quarter of the way to Prophet's regular price",
    "prophet_regular_50%": "half way to Prophet's regular price",
    "prophet_regular_100%": "Prophet's regular price",
}
SHORT_HISTORY = 60


def notes_on(panel: Panel, row: int) -> tuple[str, ...]:
    """What a reader should know about a series: thin, still or broken history."""
    prices = panel.prices[row]
    observed = int(panel.observed[row].sum())
    known = prices[np.isfinite(prices)]
    notes = []
    if observed < SHORT_HISTORY:
        notes.append(f"Only {observed} observed days; the ranges rely on the other products.")
    if np.ptp(known) == 0:
        notes.append("The price has never changed; nothing was fitted.")
    if not panel.observed[row, -1]:
        notes.append("No price was found on the last day; the latest one is carried forward.")
    return tuple(notes)
