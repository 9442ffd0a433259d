"""What shelves elsewhere teach a catalogue that is too small or too young to learn from itself.

The models in `shelf_prior.json.gz` were learned on public prices of groceries and oils in Austria, Slovenia, Germany,
Argentina, Portugal and the United Kingdom (sources in the file). No Spanish prices are among them, so that what they
add to Spanish oils can be measured. They are made anew by `python -m benchmarks.learn_shelf_prior`.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from forecasting.forecasters.base import History
from forecasting.forecasters.boosting import boosting
from forecasting.forecasters.price_change import PriceChange
from forecasting.forecasters.price_fall import PriceFall
from forecasting.panel import Freq

FILE = Path(__file__).with_name("shelf_prior.json.gz")
# Observed steps of a catalogue after which its own models weigh as much as what is put beside them. Chosen on rolling
# cutoffs of 20, 60 and 318 Spanish oils and the other public sets (docs/forecasting.md).
EQUAL_STEPS: dict[Freq, int] = {"daily": 3_000, "weekly": 200, "monthly": 100}
WINDOW: dict[Freq, int] = {"daily": 730, "weekly": 200, "monthly": 240}


@dataclass(frozen=True, slots=True, eq=False)
class ShelfPrior:
    """Models of daily shelf prices: how far prices move, when they fall, and what waiting saves.

    `saving` is the booster for the day a wait of 14 days begins, `saving_later` the one for the days after it.
    """

    price_change: PriceChange
    price_fall: PriceFall
    saving: Any
    saving_later: Any
    sources: tuple[str, ...]


def prior_for(past: History) -> ShelfPrior | None:
    """The models for this past: for daily shelves, not for weekly tables nor for continuous prices."""
    return shelf_prior() if past.panel.freq == "daily" and not past.continuous else None


def prior_weight(past: History) -> float:
    """How much what was learned elsewhere counts, 0..1: less the more steps this catalogue was observed for.

    Continuous prices learn from themselves alone.
    """
    if past.continuous:
        return 0.0
    observed = float(past.panel.observed[:, -WINDOW[past.panel.freq] :].sum())
    equal = EQUAL_STEPS[past.panel.freq]
    return equal / (equal + observed)


@cache
def shelf_prior() -> ShelfPrior:
    """The models that come with oilwatch; read once a process."""
    content = json.loads(gzip.decompress(FILE.read_bytes()))
    booster = boosting().Booster
    return ShelfPrior(
        price_change=PriceChange(
            booster(model_str=content["price_change"]),
            np.array(content["price_change_returns"]),
            np.array(content["horizons"], dtype=np.float64),
        ),
        price_fall=PriceFall(booster(model_str=content["price_fall"]), tuple(content["spans"])),
        saving=booster(model_str=content["saving"]),
        saving_later=booster(model_str=content["saving_later"]),
        sources=tuple(content["sources"]),
    )
