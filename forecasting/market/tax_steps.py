"""Announced changes of a tax on the shelf price: the one move of tomorrow's price that is known today.

When Spain's VAT on olive oil rose from 0 to 2 % on 1 October 2024, four shelves of five took it over within four days.
No record of the past can teach that, and a past with such a step in it teaches a move that will not come again: models
learn from prices without the steps, and what they forecast gets those that were announced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from forecasting.candidates.published import Published
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS
from forecasting.series import Floats

# How many shelves of a shop pass a step on: until its own past says otherwise, four of five, as in Spain in October
# 2024 (FACUA's prices), weighing as much as twenty shelves that were seen.
PRIOR_SHARE, PRIOR_SHELVES = 0.8, 20
WITHIN = 7  # days after the step
FINE = np.linspace(0.005, 0.995, 199)


@dataclass(frozen=True, slots=True)
class TaxStep:
    """From `day` on a price that passes the tax on is `ratio` times the one before.

    It may be used from the day it was announced; None: it was always known.
    """

    day: date
    ratio: float
    announced: date | None = None

    def known(self, today: date) -> bool:
        """Whether it had been announced by the end of `today`."""
        return self.announced is None or self.announced <= today


TaxSteps = Mapping[str, Sequence[TaxStep]]


def log_steps(known: Panel, steps: TaxSteps, horizon: int) -> Floats:
    """How far announced taxes move each series by each step after the panel's last, in logs [series, horizon]."""
    moves = np.zeros((len(known), horizon))
    today = known.day(known.steps - 1)
    for row, key in enumerate(known.keys):
        for step in steps.get(key, ()):
            ahead = known.place(step.day) - (known.steps - 1)
            if ahead >= 1 and step.known(today):  # an earlier one is in the price already
                moves[row, ahead - 1 :] += np.log(step.ratio)
    return moves


def net_of_tax(panel: Panel, steps: TaxSteps, *, until: int | None = None) -> Panel:
    """The panel as if the tax of its step `until` (its last) had always held.

    Prices before a step of the tax are multiplied by its ratio; later steps stay in the prices.
    """
    last = panel.steps - 1 if until is None else until
    if not steps:
        return panel
    prices = panel.prices.copy()
    for row, key in enumerate(panel.keys):
        for step in steps.get(key, ()):
            place = panel.place(step.day)
            if 0 < place <= last:
                prices[row, :place] *= step.ratio
    return replace(panel, prices=prices)


def learned_pass_through(panel: Panel, steps: TaxSteps) -> float:
    """The share of shelves that took a past step over within a week, in a panel of daily prices as they were seen."""
    passed, seen = 0, 0
    for row, key in enumerate(panel.keys):
        for step in steps.get(key, ()):
            place = panel.place(step.day)
            if not (place > 0 and place + WITHIN < panel.steps):
                continue
            move = np.log(panel.prices[row, place + WITHIN] / panel.prices[row, place - 1])
            if np.isfinite(move):
                seen += 1
                passed += bool(move / np.log(step.ratio) > 0.5)
    return (passed + PRIOR_SHARE * PRIOR_SHELVES) / (seen + PRIOR_SHELVES)


def taxed(published: Published, moves: Floats, share: float) -> Published:
    """The forecast after log moves [series, horizon] that a `share` of shelves passes on: a mixture of both."""
    touched = np.flatnonzero((moves != 0).any(axis=1))
    if not touched.size:
        return published
    quantiles = published.quantiles.copy()
    moved = _mixed(np.log(quantiles[touched]), moves[touched], share)
    quantiles[touched] = np.where(moves[touched][..., None] == 0, quantiles[touched], moved)
    return replace(published, quantiles=quantiles)


def taxed_savings(savings: Floats, known: Panel, steps: TaxSteps, ahead: int) -> Floats:
    """Expected log savings [series] of who waits `ahead` steps from the panel's last, with the taxes known then."""
    if not steps:
        return savings
    return np.asarray(savings - learned_pass_through(known, steps) * log_steps(known, steps, ahead)[:, -1])


def _mixed(logs: Floats, moves: Floats, share: float) -> Floats:
    """Quantiles [series, horizon, 13] of prices that move with chance `share` and else stay as forecast."""
    place = np.interp(FINE, LEVELS, np.arange(len(LEVELS)))
    low = np.minimum(place.astype(int), len(LEVELS) - 2)
    fine = logs[..., low] + (place - low) * (logs[..., low + 1] - logs[..., low])
    both = np.concatenate([fine + moves[..., None], fine], axis=-1)
    weight = np.concatenate([np.full(len(FINE), share), np.full(len(FINE), 1 - share)]) / len(FINE)
    order = np.argsort(both, axis=-1, kind="stable")
    grown = np.cumsum(weight[order], axis=-1)
    ordered = np.take_along_axis(both, order, axis=-1)
    places = [(grown < level - 1e-12).sum(axis=-1, keepdims=True) for level in LEVELS]
    mixed = np.concatenate(
        [np.take_along_axis(ordered, np.minimum(at, both.shape[-1] - 1), axis=-1) for at in places], -1
    )
    return np.asarray(np.exp(mixed))
