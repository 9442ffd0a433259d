"""What is handed to the services: one forecast a product, one report a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forecasting.policy.advice import Advice
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ProductForecast:
    """One product's future from `cutoff`: row d of the arrays is cutoff + d + 1 days.

    quantiles [horizon, 13] and point [horizon] are in the unit of the prices; `levels` names the columns.
    `skill` is the mean absolute error over the past relative to the last price's (below 1 is better) and
    `coverage_*` the share of past prices inside the intervals, None before any past forecast came due.
    `probability_of_drop` is P(price on the last day < last price). `no_advice` is the code of the reason where
    there is no advice.
    """

    key: str
    cutoff: date
    last_price: float
    levels: tuple[float, ...]
    quantiles: Floats
    point: Floats
    method: str
    skill: float | None
    coverage_80: float | None
    coverage_95: float | None
    probability_of_drop: float
    notes: tuple[str, ...] = ()
    advice: Advice | None = None
    no_advice: str = "no_record"


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueForecast:
    """Forecasts by key, the refused keys with their reasons, past scores, and what was learned."""

    products: Mapping[str, ProductForecast]
    refused: Mapping[str, str]
    scores: Mapping[str, Any]
    learned: Mapping[str, Any] = field(default_factory=dict)
