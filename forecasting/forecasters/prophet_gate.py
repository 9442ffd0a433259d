"""Which grades Prophet forecasts better with the producer price: those for which it did so at past cutoffs."""

from __future__ import annotations

import numpy as np

from forecasting.forecasters.prophet_fits import fits_at
from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.panel import Panel
from forecasting.quantiles import crps
from forecasting.series import Floats

CUTOFFS, MOST_SERIES = 4, 12  # of a grade: 96 fits of some 6 ms decide
YOUNG_STEPS, WHEN_YOUNG, WHEN_OLD = 250, 7, 30  # days between cutoffs
LEAST_GAIN = 0.01  # of CRPS


def grades_with_gain(panel: Panel, cutoff: int, horizon: int, known: ProphetInputs) -> frozenset[str]:
    """The grades whose CRPS over past cutoffs the producer price lowered by 1 %; "" is the grade of unnamed series.

    A past cutoff lies at least `horizon` steps before `cutoff`, so that no price after it is read. At most 12 series
    of a grade are fitted, chosen evenly.
    """
    if known.producer_price is None:
        return frozenset()
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(panel.keys):
        rows.setdefault(known.grades.get(key, ""), []).append(row)
    return frozenset(grade for grade, own in rows.items() if _gains(panel, cutoff, own, horizon, known))


def _gains(panel: Panel, cutoff: int, rows: list[int], horizon: int, known: ProphetInputs) -> bool:
    live = [row for row in rows if np.isfinite(panel.prices[row, cutoff])]
    sample = [live[place] for place in np.linspace(0, len(live) - 1, min(len(live), MOST_SERIES)).round().astype(int)]
    stride = WHEN_YOUNG if cutoff < YOUNG_STEPS else WHEN_OLD
    losses = np.zeros(2)
    for number in range(CUTOFFS):
        past = cutoff - horizon - number * stride
        if past < 0 or not sample:
            break
        beside = fits_at(panel, past, sample, horizon, known, producer_price=True)
        if np.isnan(beside).all():
            break  # not known so far back
        without = fits_at(panel, past, sample, horizon, known)
        losses += _losses(panel.prices[sample, past : past + horizon + 1], beside, without)
    return bool(losses[0] < (1 - LEAST_GAIN) * losses[1])


def _losses(prices: Floats, beside: Floats, without: Floats) -> Floats:
    """The summed CRPS [2] of both quantiles [series, horizon, 13], of days that both forecast, over the last price."""
    last = prices[:, :1]
    truth = prices[:, 1:] / last
    both = np.isfinite(truth) & np.isfinite(beside[..., 0]) & np.isfinite(without[..., 0])
    return np.array([crps(truth, own / last[..., None])[both].sum() for own in (beside, without)])
