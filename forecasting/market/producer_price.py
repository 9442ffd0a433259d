"""How the producer price moved, as it was known on each day of a panel."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from forecasting.series import Floats, Series, fill_forward

# Weekly quotations are out some days after their week; who learned from them sooner would learn from the future.
PUBLICATION_LAG = 7
LONGEST_SILENCE = 28  # days; older quotations say nothing about today's market
LAGS = ((0, 28), (28, 56), (56, 91))  # days back: the changes between them may reach the shelf one after the other


def producer_price_changes(producer_price: Series, start: date, steps: int) -> Floats:
    """The log changes of the producer price over each lag as known on each of `steps` days from `start` [steps, 3].

    nan where quotations do not reach back far enough, or have been silent for too long.
    """
    reach = LAGS[-1][1]
    known = _known_logs(producer_price, (start - producer_price.start).days - reach, reach + steps)
    days = np.arange(steps) + reach
    return np.stack([known[days - near] - known[days - far] for near, far in LAGS], axis=1)


def producer_price_known(producer_price: Series) -> Series:
    """The producer price as known on each day, the last quotation that was out by then; nan where all were too old."""
    start = producer_price.start + timedelta(days=PUBLICATION_LAG)
    known = np.exp(_known_logs(producer_price, PUBLICATION_LAG, len(producer_price.prices) + LONGEST_SILENCE))
    return Series(producer_price.key, start, known, np.isfinite(known), producer_price.group)


def _known_logs(producer_price: Series, first: int, steps: int) -> Floats:
    """The log of the last quotation that was out [steps], from `first` days after the first quotation on."""
    seen = np.where(producer_price.observed, np.log(producer_price.prices), np.nan)
    carried = fill_forward(np.concatenate([seen, np.full(LONGEST_SILENCE, np.nan)]), LONGEST_SILENCE)
    places = first - PUBLICATION_LAG + np.arange(steps)
    inside = (places >= 0) & (places < len(carried))
    return np.where(inside, carried[np.where(inside, places, 0)], np.nan)
