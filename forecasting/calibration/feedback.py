"""What the ledger says against the next forecast: points that lost in public rest, bands that held too little widen.

Cross-validation shows what would have been published; the ledger shows what was. Two things are learned from it, each
for a stretch of horizons:

- Points that moved and lost to the last price by more than one standard error give way to the last price, until
  those forecasts are too old to count.
- Every level is read further out in its distribution the more often it was missed lately: the quantile tracker of
  Angelopoulos, Candes and Tibshirani (2023, "Conformal PID control"), after Gibbs and Candes (2021), with its sum
  of past misses written out. That needs no state but the ledger, because the misses counted are those of bands
  that were corrected already. Reading further out, instead of stretching, also widens a band that is a point:
  on shelves 80 % of the mass may lie at "no change".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy.special import ndtri

from forecasting.calibration.published_history import Days, PublishedPast
from forecasting.candidates.published import Published
from forecasting.candidates.record import cautious_mean
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.panel import UNIX_EPOCH
from forecasting.quantiles import EDGE, LEVELS, MEDIAN, SMALLEST_MOVE, ordered
from forecasting.series import Floats

WEEK = 7
LEAST_WEEKS, LEAST_PAIRS = 3, 60
GAIN, HALF_LIFE = 0.35, 8.0  # a week's step, and the weeks after which it counts half
# Where prices mostly stand still a calm past says little about how far the next change goes: only widen there.
NARROWEST, NARROWEST_STILL, WIDEST, STILL = 0.85, 1.0, 2.0, 0.5
SCORES = ndtri(LEVELS)  # the levels as a normal's quantiles
TAIL = np.minimum(LEVELS, 1 - LEVELS)
TAIL[MEDIAN] = 0.0
# How much of a tail's mass a small stretch moves, were prices normal: turns missed mass into a stretch.
SLOPE = np.abs(SCORES) * np.exp(-(SCORES**2) / 2) / np.sqrt(2 * np.pi)
SLOPE[MEDIAN] = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Feedback:
    """For each stretch of horizons: whether points must rest, and how far out each level is read [parts, 13]."""

    resting: tuple[bool, ...]
    stretch: Floats


def learn_feedback(past: PublishedPast | None, today: date, parts: Sequence[slice]) -> Feedback:
    """What outcomes up to `today` say, for parts within the past's horizon; too few of them say nothing."""
    quiet = Feedback((False,) * len(parts), np.ones((len(parts), len(LEVELS))))
    if past is None or not len(past):
        return quiet
    known = past.until(today)
    weeks = ((today - UNIX_EPOCH).days - known.cutoffs) // WEEK
    learned = [_learn(known, weeks, part) for part in parts]
    return Feedback(tuple(rests for rests, _ in learned), np.stack([stretch for _, stretch in learned]))


def corrected(published: Published, feedback: Feedback, parts: Sequence[slice]) -> Published:
    """The forecast as it goes out after the feedback; quantiles stay in order, the median where it was."""
    point, quantiles = published.point.copy(), published.quantiles.copy()
    names = list(published.chosen["point"])
    for place, (rests, part) in enumerate(zip(feedback.resting, parts, strict=True)):
        if rests:
            point[:, part] = published.last[:, None]
            names[place] = LAST_PRICE
        if (feedback.stretch[place] != 1).any():
            quantiles[:, part] = _read_further_out(quantiles[:, part], feedback.stretch[place])
    chosen = {**published.chosen, "point": names, "stretched_by_the_ledger": feedback.stretch.tolist()}
    return replace(published, point=point, quantiles=quantiles, chosen=chosen)


def _learn(known: PublishedPast, weeks: Days, part: slice) -> tuple[bool, Floats]:
    outcome = known.outcomes[:, part] / known.last[:, None]
    seen = np.isfinite(outcome)
    counted = [week for week in np.unique(weeks[seen.any(axis=1)]).tolist() if week >= 0]
    if len(counted) < LEAST_WEEKS or seen.sum() < LEAST_PAIRS:
        return False, np.ones(len(LEVELS))
    point = known.points[:, part] / known.last[:, None]
    levels = known.quantiles[:, part] / known.last[:, None, None]
    return _lost(outcome, point, weeks, part), _stretch(outcome, levels, weeks, counted)


def _lost(outcome: Floats, point: Floats, weeks: Days, part: slice) -> bool:
    """Whether moved points erred more than the last price by over one standard error of the weeks' means."""
    moved = np.isfinite(outcome) & (np.abs(point - 1) > SMALLEST_MOVE)
    lead = np.abs(outcome - point) - np.abs(outcome - 1)
    means = [float(lead[rows][moved[rows]].mean()) for week in np.unique(weeks) if moved[rows := weeks == week].any()]
    apart = min(1.0, WEEK / part.stop)
    return len(means) >= LEAST_WEEKS and cautious_mean(np.array(means), -1, apart) > 0


def _stretch(outcome: Floats, levels: Floats, weeks: Days, counted: list[int]) -> Floats:
    """A factor for each level [13], equal on both sides of the median, from the weeks' missed mass."""
    side = np.sign(np.arange(len(LEVELS)) - MEDIAN)
    missed = (outcome[..., None] - levels) * side > EDGE
    log_stretch = np.zeros(len(LEVELS))
    for week in counted:
        rows = weeks == week
        seen = np.isfinite(outcome[rows])
        excess = missed[rows][seen].mean(axis=0) - TAIL
        # a week of which half the days have come counts half
        log_stretch += seen.mean() * 0.5 ** (week / HALF_LIFE) * (excess + excess[::-1]) / 2
    still = float((np.abs(outcome[np.isfinite(outcome)] - 1) < EDGE).mean()) > STILL
    factor = np.exp(GAIN * log_stretch / SLOPE)
    return np.asarray(np.clip(factor, NARROWEST_STILL if still else NARROWEST, WIDEST))


def _read_further_out(quantiles: Floats, stretch: Floats) -> Floats:
    """Quantiles [..., 13] of prices, each level read where its normal score times the stretch lies, in logs.

    Beyond the outermost level the distribution goes on as a normal's would.
    """
    return np.exp(ordered(np.log(quantiles) @ _weights(np.sort(SCORES * stretch)).T))


def _weights(scores: Floats) -> Floats:
    """What each known level contributes to the value at each score [13, 13]: linear between its neighbours."""
    inside = np.clip(scores, SCORES[0], SCORES[-1])
    weights = np.stack([np.interp(inside, SCORES, unit) for unit in np.eye(len(LEVELS))], axis=1)
    beyond = np.where(inside == scores, 1.0, scores / np.where(inside == 0, 1.0, inside))[:, None]
    weights *= beyond
    weights[:, MEDIAN] += 1 - beyond[:, 0]
    return np.asarray(weights)
