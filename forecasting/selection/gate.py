"""What to believe of the candidates: only what the past has shown, pooled over products and horizons.

One choice for the whole horizon, so that a path has no seams. Picking a champion per series by cross-validation was
measured to be worse than a pooled choice, and choices by stretches of days made paths that went back on themselves.
"""

from __future__ import annotations

import numpy as np

from forecasting.calibration.steadiness import steady
from forecasting.candidates.candidates import CONTINUOUS, POOLED, REFERENCE, STICKY
from forecasting.candidates.record import Record, cautious_mean, mean_by_cutoff
from forecasting.panel import Freq
from forecasting.quantiles import MEDIAN, crps
from forecasting.series import Floats

OWN = (STICKY, POOLED, CONTINUOUS, REFERENCE)
LEAST_CUTOFFS = 3
# What moving the median gained on shelves elsewhere, as a share of the last price's error, counted as one more cutoff:
# the first cutoffs of a catalogue decide nothing alone.
PRIOR_GAIN, PRIOR_CUTOFFS = 0.01, 1.0
DOUBT = 2.0  # standard errors: few markets move as one, and no prior tells how weekly tables move
SHIFT_DOUBT = 1.0


def choose_spread(record: Record, *, continuous: bool, pooled: bool = False) -> str:
    """The distribution with the lowest CRPS so far.

    Shelves: the model's, unless the last price with conformal intervals did better over at least three cutoffs. Where
    there is a model of several shops together (`pooled`) it takes the better of both, and the one of all until then.
    Markets: the model's, or the one around the smoothed level. A contender must have been better than that by more
    than one standard error, over at least three cutoffs.
    """
    model = POOLED if pooled and (POOLED in record.spreads or not record.cutoffs) else STICKY
    if not record.cutoffs:
        return model
    actual = np.exp(record.outcomes)
    losses = {name: mean_by_cutoff(crps(actual, np.exp(spread))) for name, spread in record.spreads.items()}
    seen, other = losses[STICKY].size, CONTINUOUS if continuous else REFERENCE
    if not seen or (seen < LEAST_CUTOFFS and not continuous):
        return model
    chosen = min((model, STICKY, other), key=lambda name: float(losses[name].mean()))
    if seen < LEAST_CUTOFFS:
        return chosen
    leads = {name: losses[chosen] - losses[name] for name in losses if name not in OWN}
    sure = [name for name, lead in leads.items() if cautious_mean(lead, -1, record.apart) > 0]
    return max(sure, key=lambda name: float(leads[name].mean()), default=chosen)


def median_moves(record: Record, spread: str, freq: Freq, *, continuous: bool) -> bool:
    """Whether the median may leave the last price.

    On daily shelves it may until moving has lost over the past cutoffs, with what shelves elsewhere gained counted as
    one of them. Elsewhere, on weekly and monthly tables and where prices are continuous, it takes three cutoffs and a
    gain of more than two standard errors.
    """
    if spread == REFERENCE:
        return False
    gains = _gains(record, spread, freq)
    if continuous or freq != "daily":
        return gains.size >= LEAST_CUTOFFS and cautious_mean(gains, -DOUBT, record.apart) > 0
    weight = gains.size * record.apart
    total = (float(gains.mean()) * weight if gains.size else 0.0) + PRIOR_CUTOFFS * PRIOR_GAIN * _naive_error(record)
    return total >= 0


def choose_shift(record: Record, spread: str, freq: Freq, *, moves: bool) -> str:
    """The forecaster whose move of the whole distribution helped by more than one standard error, "" if none did."""
    for name, path in record.shifts.items():
        actual = np.exp(record.outcomes)
        median = steady(record.spreads[spread], freq)[..., MEDIAN] if moves else np.zeros(actual.shape)
        gain = mean_by_cutoff(np.abs(actual - np.exp(median)) - np.abs(actual - np.exp(median + path)))
        if gain.size >= LEAST_CUTOFFS and cautious_mean(gain, -SHIFT_DOUBT, record.apart) > 0:
            return name
    return ""


def _gains(record: Record, spread: str, freq: Freq) -> Floats:
    """How much less a moving median erred than the last price at each cutoff, as a share of the price [cutoffs]."""
    if not record.cutoffs:
        return np.empty(0)
    actual = np.exp(record.outcomes)
    median = steady(record.spreads[spread], freq)[..., MEDIAN]
    return mean_by_cutoff(np.abs(actual - 1) - np.abs(actual - np.exp(median)))


def _naive_error(record: Record) -> float:
    """The last price's mean error so far, as a share of the price; 1 before anything came due."""
    errors = mean_by_cutoff(np.abs(np.exp(record.outcomes) - 1)) if record.cutoffs else np.empty(0)
    return float(errors.mean()) if errors.size else 1.0
