"""What following the advice would have saved, beside a buyer who knows the future, and how often waits lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.policy.advise import disproved, waits
from forecasting.policy.limit_order import paid_by_waiting
from forecasting.series import Bools, Floats

Figures = dict[str, float | int | None]
# Before a catalogue has a record of its own one wait of eight ends dearer and two thirds of the expected saving come,
# as on the public sets (docs/forecasting.md). Products of a shop move together: this counts as much as so many cutoffs.
PRIOR_REGRET, PRIOR_REALISED, PRIOR_CUTOFFS = 0.12, 0.67, 2.0
HALF_LIFE = 6.0  # windows after which a past cutoff counts half: how often waits end dearer changes within a year


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """One cutoff's scored products: was waiting advised, what it was expected to save, and what it and foresight did.

    `patient` follows the advice of each later day, `always` waits for the limit or the deadline whatever is told. All
    are shares of the price at the cutoff [products]; `stated` is the chance of regret that was told with a wait.
    """

    cutoff: int
    wait: Bools
    expected: Floats
    patient: Floats
    possible: Floats
    always: Floats
    stated: float = 0.0


def decisions(windows: BacktestWindows, usable: Bools, steps: int) -> list[Decisions]:
    """Score every cutoff whose whole window lies in the panel; usable [series, cutoffs] says which count.

    Only windows whose prices are all known are scored. What is stated at a cutoff rests on windows that had ended by
    then.
    """
    scored: list[Decisions] = []
    panel = windows.seen
    for place, candidates in enumerate(windows.candidates):
        start = candidates.cutoff
        window = panel.prices[:, start + 1 : start + 1 + steps]
        if window.shape[1] < steps or steps not in candidates.savings:
            continue
        expected = windows.expected_savings(candidates, steps)
        rows = usable[:, place] & np.isfinite(window).all(axis=1) & np.isfinite(expected)
        now = panel.prices[rows, start]
        on = windows.waits_on(candidates, steps)[rows]
        prices = panel.prices[rows]
        patient, always = (1 - paid_by_waiting(prices, start, steps, advised) / now for advised in (on, None))
        possible = 1 - np.minimum(now, window[rows].min(axis=1)) / now
        one = Decisions(start, waits(expected[rows]), 1 - np.exp(-expected[rows]), patient, possible, always)
        scored.append(replace(one, stated=regret_at(scored, start, steps)))
    return scored


def regret_at(scored: Sequence[Decisions], cutoff: int, steps: int) -> float:
    """The share of waits that ended dearer, as known at a cutoff, pulled to the prior while few cutoffs came due."""
    due = _due(scored, cutoff, steps)
    lost = sum(weight * int((one.patient[one.wait] < 0).sum()) for one, weight in due)
    return _pulled(lost, sum(weight * int(one.wait.sum()) for one, weight in due), due, PRIOR_REGRET)


def realised_at(scored: Sequence[Decisions], cutoff: int, steps: int) -> float:
    """How much of what waits were expected to save came, as known at a cutoff: 0..1, pulled to the prior likewise."""
    due = _due(scored, cutoff, steps)
    came = sum(weight * float(one.patient[one.wait].sum()) for one, weight in due)
    expected = sum(weight * float(one.expected[one.wait].sum()) for one, weight in due)
    return min(max(_pulled(came, expected, due, PRIOR_REALISED), 0.0), 1.0)


def _pulled(part: float, whole: float, due: Sequence[tuple[Decisions, float]], prior: float) -> float:
    """The share `part` of `whole`, with the prior as so many cutoffs more."""
    if whole <= 0:
        return prior
    weight = sum(weight for _, weight in due)
    return (weight * part / whole + PRIOR_CUTOFFS * prior) / (weight + PRIOR_CUTOFFS)


def _due(scored: Sequence[Decisions], cutoff: int, steps: int) -> list[tuple[Decisions, float]]:
    """Cutoffs with waits whose windows had ended by then, and what each counts for.

    Neighbours share their days and count for less than one; what is long ago counts for less still.
    """
    due = [one for one in scored if one.cutoff + steps <= cutoff and one.wait.any()]
    stride = int(np.diff([one.cutoff for one in due]).min()) if len(due) > 1 else steps
    alone = min(1.0, stride / steps)
    ages = [(cutoff - steps - one.cutoff) / max(steps, stride) for one in due]
    return [(one, alone * 0.5 ** (age / HALF_LIFE)) for one, age in zip(due, ages, strict=True)]


def record_at(scored: Sequence[Decisions], cutoff: int, steps: int) -> Figures:
    """The advice's record as it was known at a cutoff: windows that had ended by then."""
    return figures([one for one in scored if one.cutoff + steps <= cutoff], steps)


def followed(scored: Sequence[Decisions], first_cutoff: int, steps: int) -> Figures:
    """What a buyer saved from `first_cutoff` on; the advice falls silent while its record does not pay."""
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
    wait, patient, possible, always = (
        np.concatenate([getattr(one, name) for one in scored]) for name in ("wait", "patient", "possible", "always")
    )
    saved = np.where(wait, patient, 0.0)
    best, count = float(possible.mean()), int(wait.sum())
    stated = sum(one.stated * int(one.wait.sum()) for one in scored)
    return {
        "n": len(saved),
        "saving_pct": 100 * float(saved.mean()),
        "capture": float(saved.mean()) / best if best > 0 else None,
        "waits_lost": float((patient[wait] < 0).mean()) if count else 0.0,
        "stated_regret": stated / count if count else None,
        "waits": count,
        "possible_pct": 100 * best,
        "always_wait_pct": 100 * float(always.mean()),
        "steps": steps,
    }


def _silenced(one: Decisions) -> Decisions:
    return replace(one, wait=np.zeros_like(one.wait))
