"""Shelves made up from a seed, and the real prices beside the repository."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from forecasting.panel import Panel

START = date(2026, 1, 1)


@pytest.fixture
def shelves() -> Callable[..., Panel]:
    """Step prices with promotions that are undone, as shelves show them."""

    def make(series: int = 12, days: int = 130, seed: int = 0, freq: str = "daily") -> Panel:
        rng = np.random.default_rng(seed)
        regular = rng.uniform(4, 12, series)[:, None] * np.exp(
            np.cumsum(rng.choice([0, 0.05, -0.06], p=[0.98, 0.008, 0.012], size=(series, days)), axis=1)
        )
        on_offer = np.zeros((series, days), dtype=bool)
        for row in range(series):
            for first in rng.choice(days, max(days // 40, 1), replace=False):
                on_offer[row, first : first + 10] = True
        prices = np.round(np.where(on_offer, regular * 0.85, regular), 2)
        keys = tuple(f"oil-{row}" for row in range(series))
        return Panel(keys, START, freq, prices, np.ones(prices.shape, dtype=bool))  # type: ignore[arg-type]

    return make


@pytest.fixture
def real_prices() -> Callable[[str], Path]:
    """A file of real prices, or a skip that says what is missing."""

    def find(name: str) -> Path:
        beside = Path(__file__).resolve().parents[2].parent / "shared"
        folder = Path(os.environ.get("OILWATCH_SHARED", beside)) / "data" / "prices"
        if not (folder / name).exists():
            pytest.skip(f"real prices are not here: {name} is read from ../shared or OILWATCH_SHARED")
        return folder / name

    return find
