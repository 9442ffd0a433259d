"""Chances of a fall that were stated beside what came, and corrected by what had come at earlier cutoffs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit

from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.scores import Figures
from forecasting.forecasters.price_fall import SIZES, fallen
from forecasting.series import Bools, Floats

ODDS_DAYS = (7, 14, 30)  # for which chances are stated
SMALLEST_CHANCE = 0.002
PRIOR_CUTOFFS = 3.0  # the model's own word counts as much as so many cutoffs that came due
LEAST_OUTCOMES = 30


@dataclass(frozen=True, slots=True, eq=False)
class StatedOdds:
    """One cutoff's chances [series, sizes, spans], and whether the falls came: 1, 0, or nan where it is not known."""

    cutoff: int
    spans: tuple[int, ...]
    chance: Floats
    came: Floats


def stated_odds(windows: BacktestWindows, usable: Bools) -> list[StatedOdds]:
    """The chances at every cutoff as they would have been stated, corrected by what was known then.

    usable [series, cutoffs] says which series count.
    """
    raw = raw_odds(windows, usable)
    return [replace(one, chance=corrected(one.chance, correction(raw, one.cutoff))) for one in raw]


def raw_odds(windows: BacktestWindows, usable: Bools) -> list[StatedOdds]:
    """The model's own chances at every cutoff beside what came; usable [series, cutoffs] says which series count."""
    return [
        StatedOdds(one.cutoff, one.spans, one.falls, _came(windows, one.cutoff, one.spans, usable[:, place]))
        for place, one in enumerate(windows.candidates)
        if one.falls is not None
    ]


def correction(raw: Sequence[StatedOdds], cutoff: int) -> Floats:
    """By how much the chances at a cutoff are moved, in log odds [sizes, spans]: 0 while nothing came due."""
    known = [one for one in raw if one.cutoff < cutoff]
    if not known:
        return np.zeros((1, 1))
    spans = known[0].spans
    moved = np.zeros((len(SIZES), len(spans)))
    stride = min(np.diff([one.cutoff for one in known]), default=spans[-1])
    for place, span in enumerate(spans):
        due = [one for one in known if one.cutoff + span <= cutoff]
        for size in range(len(SIZES)):
            came = np.concatenate([one.came[:, size, place] for one in due]) if due else np.empty(0)
            seen = np.isfinite(came)
            if seen.sum() < LEAST_OUTCOMES:
                continue
            stated = float(np.nanmean(np.concatenate([one.chance[:, size, place] for one in due])[seen]))
            weight = len(due) * min(1.0, stride / span)
            rate = (weight * float(came[seen].mean()) + PRIOR_CUTOFFS * stated) / (weight + PRIOR_CUTOFFS)
            moved[size, place] = logit(max(rate, SMALLEST_CHANCE)) - logit(max(stated, SMALLEST_CHANCE))
    return moved


def corrected(chance: Floats, moved: Floats) -> Floats:
    """Chances [series, sizes, spans] after a correction: a longer wait and a smaller fall stay at least as likely."""
    bounded = np.clip(chance, SMALLEST_CHANCE / 2, 1 - SMALLEST_CHANCE)
    grown = np.maximum.accumulate(expit(logit(bounded) + moved), axis=2)
    return np.asarray(np.minimum.accumulate(grown, axis=1))


def odds_scores(
    scored: Sequence[StatedOdds], spans: dict[str, int]
) -> dict[str, dict[str, dict[str, float | int | None]]]:
    """Brier score, its skill against the share that came, and mean stated chance, by size in % and number of days.

    `spans` gives the step that a number of days stands for.
    """
    return {
        f"{100 * size:g}": {days: _scored(scored, place, step) for days, step in spans.items()}
        for place, size in enumerate(SIZES)
    }


def reliability(
    scored: Sequence[StatedOdds], size: int, step: int, edges: Sequence[float] = (0, 0.05, 0.1, 0.2, 0.3, 0.5, 1)
) -> list[dict[str, float | int]]:
    """Chances between two edges: how many, mean stated, share that came."""
    chance, came = _pairs(scored, size, step)
    place = np.digitize(chance, edges[1:-1])
    return [
        {
            "from": edges[at],
            "to": edges[at + 1],
            "n": int((place == at).sum()),
            "stated": float(chance[place == at].mean()),
            "came": float(came[place == at].mean()),
        }
        for at in range(len(edges) - 1)
        if (place == at).any()
    ]


def _scored(scored: Sequence[StatedOdds], size: int, step: int) -> Figures:
    chance, came = _pairs(scored, size, step)
    if not len(came):
        return {"n": 0, "brier": None, "brier_skill": None, "stated": None, "came": None}
    brier, rate = float(((chance - came) ** 2).mean()), float(came.mean())
    spread = rate * (1 - rate)
    return {
        "n": len(came),
        "brier": brier,
        "brier_skill": 1 - brier / spread if spread > 0 else None,
        "stated": float(chance.mean()),
        "came": rate,
    }


def _pairs(scored: Sequence[StatedOdds], size: int, step: int) -> tuple[Floats, Floats]:
    """Chances and outcomes [n] of all cutoffs, where both are known."""
    with_span = [one for one in scored if step in one.spans]
    if not with_span:
        return np.empty(0), np.empty(0)
    chance = np.concatenate([one.chance[:, size, one.spans.index(step)] for one in with_span])
    came = np.concatenate([one.came[:, size, one.spans.index(step)] for one in with_span])
    known = np.isfinite(chance) & np.isfinite(came)
    return chance[known], came[known]


def _came(windows: BacktestWindows, cutoff: int, spans: tuple[int, ...], usable: Bools) -> Floats:
    """Whether the price fell by each size within each span [series, sizes, spans]; nan where the end is not known."""
    prices = windows.seen.prices
    rows = np.arange(len(prices))
    came = np.full((len(prices), len(SIZES), len(spans)), np.nan)
    starts = np.full(len(prices), cutoff)
    for place, span in enumerate(spans):
        if cutoff + span >= prices.shape[1]:
            continue
        known = usable & np.isfinite(prices[:, cutoff + span])
        for at, size in enumerate(SIZES):
            floor = prices[:, cutoff] * (1 - size) * (1 + 1e-9)
            came[:, at, place] = np.where(known, fallen(prices, rows, starts, floor, 0, span), np.nan)
    return came
