"""What following the advice would have saved, beside a buyer who knows the future."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.advice import waits
from forecasting.candidates import Candidates
from forecasting.limit_order import paid_by_waiting
from forecasting.panel import Panel
from forecasting.series import Bools, Floats


def advice_record(panel: Panel, past: Sequence[Candidates], usable: Bools, steps: int) -> dict[str, float | int | None]:
    """Mean saving in % of the price at the origin, its share of the clairvoyant's, and how waits ended.

    usable [series, origins] says which decisions count; only windows whose prices are all known are judged.
    """
    saved, possible, waited, always = [], [], [], []
    for place, candidates in enumerate(past):
        start = candidates.origin
        window = panel.prices[:, start + 1 : start + 1 + steps]
        if window.shape[1] < steps or steps not in candidates.savings:
            continue
        expected = candidates.savings[steps]
        judged = usable[:, place] & np.isfinite(window).all(axis=1) & np.isfinite(expected)
        now = panel.prices[judged, start]
        patient = 1 - paid_by_waiting(panel.prices[judged], start, steps) / now
        wait = waits(expected[judged])
        waited.append(wait)
        always.append(patient)
        saved.append(np.where(wait, patient, 0.0))
        possible.append(1 - np.minimum(now, window[judged].min(axis=1)) / now)
    if not saved:
        return {"n": 0, "saving_pct": None, "capture": None, "waits_lost": None, "waits": 0, "steps": steps}
    return _summary(
        np.concatenate(saved), np.concatenate(possible), np.concatenate(waited), np.concatenate(always), steps
    )


def _summary(
    saved: Floats, possible: Floats, waited: Bools, always: Floats, steps: int
) -> dict[str, float | int | None]:
    count = int(waited.sum())
    best = float(possible.mean()) if len(possible) else 0.0
    return {
        "n": len(saved),
        "saving_pct": 100 * float(saved.mean()) if len(saved) else None,
        "capture": float(saved.mean()) / best if best > 0 else None,
        "waits_lost": float((saved[waited] < 0).mean()) if count else 0.0,
        "waits": count,
        "possible_pct": 100 * best,
        "always_wait_pct": 100 * float(always.mean()) if len(always) else None,
        "steps": steps,
    }
