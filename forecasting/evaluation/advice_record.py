"""What following the advice would have saved, beside a buyer who knows the future."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.candidates.candidates import Candidates
from forecasting.panel import Panel
from forecasting.policy.advise import disproved, waits
from forecasting.policy.limit_order import paid_by_waiting
from forecasting.series import Bools, Floats

Figures = dict[str, float | int | None]


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """One cutoff's scored products: was waiting advised, and what waiting and foresight would have saved."""

    cutoff: int
    wait: Bools
    patient: Floats
    possible: Floats


def decisions(panel: Panel, past: Sequence[Candidates], usable: Bools, steps: int) -> list[Decisions]:
    """Score every cutoff whose whole window lies in the panel; usable [series, cutoffs] says which count.

    Savings are shares of the price at the cutoff. Only windows whose prices are all known are scored.
    """
    scored = []
    for place, candidates in enumerate(past):
        start = candidates.cutoff
        window = panel.prices[:, start + 1 : start + 1 + steps]
        if window.shape[1] < steps or steps not in candidates.savings:
            continue
        expected = candidates.savings[steps]
        rows = usable[:, place] & np.isfinite(window).all(axis=1) & np.isfinite(expected)
        now = panel.prices[rows, start]
        patient = 1 - paid_by_waiting(panel.prices[rows], start, steps) / now
        possible = 1 - np.minimum(now, window[rows].min(axis=1)) / now
        scored.append(Decisions(start, waits(expected[rows]), patient, possible))
    return scored


def record_at(scored: Sequence[Decisions], cutoff: int, steps: int) -> Figures:
    """The advice's record as it was known at a cutoff: windows that had ended by then."""
    return figures([one for one in scored if one.cutoff + steps <= cutoff], steps)


def followed(scored: Sequence[Decisions], first_cutoff: int, steps: int) -> Figures:
    """What a buyer saved from `first_origin` on; the advice falls silent while its record does not pay."""
    silent = [
        _silenced(one) if disproved(record_at(scored, one.cutoff, steps)) else one
        for one in scored
        if one.cutoff >= first_cutoff
    ]
    return figures(silent, steps)


def figures(scored: Sequence[Decisions], steps: int) -> Figures:
    """Mean saving in % of the price, its share of the perfect foresight's, and how the waits ended."""
    if not sum(len(one.wait) for one in scored):
        return {"n": 0, "saving_pct": None, "capture": None, "waits_lost": None, "waits": 0, "steps": steps}
    wait, patient, possible = (
        np.concatenate([getattr(one, name) for one in scored]) for name in ("wait", "patient", "possible")
    )
    saved = np.where(wait, patient, 0.0)
    best, count = float(possible.mean()), int(wait.sum())
    return {
        "n": len(saved),
        "saving_pct": 100 * float(saved.mean()),
        "capture": float(saved.mean()) / best if best > 0 else None,
        "waits_lost": float((patient[wait] < 0).mean()) if count else 0.0,
        "waits": count,
        "possible_pct": 100 * best,
        "always_wait_pct": 100 * float(patient.mean()),
        "steps": steps,
    }


def _silenced(one: Decisions) -> Decisions:
    return Decisions(one.cutoff, np.zeros_like(one.wait), one.patient, one.possible)
