"""What the pipeline returns: one forecast a product, one report a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from forecasting.policy.advice import NO_ADVICE, Advice
from forecasting.series import Bools, Floats


@dataclass(frozen=True, slots=True)
class ForecastSkill:
    """How good such forecasts were over `days`, cross-validated; None before any past forecast came due.

    `rel_mae` is the mean absolute error relative to the last price's (below 1 is better), `coverage_*` the share of
    prices inside the intervals, `probability_of_drop` P(price on the last day < last price). `notes` are codes
    (see `forecasting.note_codes`).
    """

    days: int | None = None
    rel_mae: float | None = None
    coverage_80: float | None = None
    coverage_95: float | None = None
    probability_of_drop: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FallOdds:
    """How likely the price falls: `chance["5"]["14"]` is P(a fall by 5 % within 14 days).

    `days_to_fall` is the day by which a fall by 5 % is as likely as not; None where it is not within the horizon.
    """

    chance: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    days_to_fall: int | None = None

    def within(self, days: int) -> dict[str, float | None]:
        """The chance of each size of fall within so many days; None where it is not known, {} without any odds."""
        return {size: row.get(str(days)) for size, row in self.chance.items()}


@dataclass(frozen=True, slots=True, eq=False)
class ProductForecast:
    """One product's future from `cutoff`: row d of the arrays is cutoff + d + 1 days.

    quantiles [horizon, 13] and point [horizon] are in the unit of the prices; `levels` names the columns, `method`
    is a name of the forecasters' registry.
    """

    key: str
    cutoff: date
    last_price: float
    levels: tuple[float, ...]
    quantiles: Floats
    point: Floats
    method: str
    skill: ForecastSkill
    advice: Advice = NO_ADVICE
    odds: FallOdds = field(default_factory=FallOdds)


@dataclass(frozen=True, slots=True, eq=False)
class PastPaths:
    """Medians as they would have been published at past cutoffs, as log ratios to the last price then.

    paths [days, keys, horizon]; nan where a product had no price or too few of them.
    """

    keys: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    paths: Floats = field(default_factory=lambda: np.empty((0, 0, 0)))

    def known(self) -> Bools:
        """Which product has a path from which day [days, keys]."""
        return np.asarray(np.isfinite(self.paths).all(axis=2))


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueForecast:
    """Forecasts by key, the refused keys with their reasons, past scores, what was learned, and past median paths."""

    products: Mapping[str, ProductForecast]
    refused: Mapping[str, str]
    scores: Mapping[str, Any]
    learned: Mapping[str, Any] = field(default_factory=dict)
    past: PastPaths = field(default_factory=PastPaths)
