"""How much of a change of the producer price reaches the shop, and when: a distributed lag, pooled over all products.

The shop's mean log change over the next days is regressed on the producer price's changes of the last three months,
one after the other. It has no trend of its own: without such a change it forecasts "no change". The coefficients are
shrunk to zero, the more the fewer weeks they were estimated from.
"""

from __future__ import annotations

import numpy as np

from forecasting.forecasters.base import Shift, gettext_noop
from forecasting.panel import Panel
from forecasting.series import Floats

KNOTS = (7, 14, 30, 60, 120, 365)
WINDOW, STRIDE, LEAST_STARTS = 730, 7, 8
PRIOR_SHARE = 0.25  # how much of a change a span of days is expected to pass on, one standard deviation
LARGEST_MOVE = 0.2  # log


class ProducerPricePassThrough(Shift):
    """The change of the producer price that has not reached the shop yet, as far as the past predicts it."""

    name = "origin_pass_through"
    label = gettext_noop("producer price pass-through")

    def path(self, past: Panel, horizon: int) -> Floats | None:
        """Log moves [series, horizon], 0 where no producer price covers the time; None where there is none at all."""
        changes = past.producer_price
        if changes is None or past.freq != "daily":
            return None
        now = changes[-1]
        knots = [knot for knot in KNOTS if knot < horizon] + [horizon]
        moves = [_move(past, changes, now, knot) for knot in knots]
        if not np.isfinite(now).all() or any(move is None for move in moves):
            return np.zeros((len(past), horizon))
        whole = np.interp(np.arange(1, horizon + 1), [0, *knots], [0.0, *[move or 0.0 for move in moves]])
        return np.repeat(np.clip(whole, -LARGEST_MOVE, LARGEST_MOVE)[None], len(past), axis=0)


def _move(panel: Panel, changes: Floats, now: Floats, days: int) -> float | None:
    """The expected log change of the shop's prices over so many days; None with too few starts to learn from."""
    end = panel.steps - 1
    starts = np.arange(end - days, max(0, end - days - WINDOW), -STRIDE)
    moves = np.log(panel.prices[:, starts + days]) - np.log(panel.prices[:, starts])
    seen = np.isfinite(moves)
    usable = seen.any(axis=0) & np.isfinite(changes[starts]).all(axis=1)
    if usable.sum() < LEAST_STARTS:
        return None
    target = np.where(seen, moves, 0.0).sum(axis=0)[usable] / seen.sum(axis=0)[usable]
    known = changes[starts][usable]
    # neighbouring starts share most of their days: count them as what they say apart
    overlap = max(1.0, days / STRIDE)
    pull = overlap * max(float(target.var()), 1e-8) / PRIOR_SHARE**2
    weights = np.linalg.solve(known.T @ known + pull * np.eye(len(now)), known.T @ target)
    return float(now @ weights)
