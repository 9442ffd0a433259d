"""Prices of the demo shop for any day, the same whenever computed: a producer price drifts, retail prices follow.

Calibrated to what was measured on 682 Spanish supermarket series (FACUA): 3.9 % of the days show a change,
the median change is 4.3 %, a third of the cuts is undone later; a test measures these shares.
"""

import threading
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from scraping.demo.catalogue import PRODUCTS, DemoProduct
from scraping.demo.demo_shelf import Chunk, DemoShelf

EPOCH = date(2024, 1, 1)  # the demo shop's first day
CHUNK_DAYS = 256  # random numbers are drawn by the chunk, so that a day never depends on how far one asks
SEED = 20240101


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """What the demo shop asks for one product on one day."""

    price: Decimal
    list_price: Decimal | None
    coupon_percent: int
    in_stock: bool


class Simulation:
    """The whole history of prices, computed from the epoch as far as it was needed."""

    def __init__(self, products: tuple[DemoProduct, ...] = PRODUCTS, seed: int = SEED) -> None:
        self.products = products
        self._row = {product.asin: row for row, product in enumerate(products)}
        self._seed = seed
        self._observed_prices = DemoShelf(products, np.random.default_rng([seed]))
        self._chunks: list[Chunk] = []
        self._lock = threading.Lock()

    def offer(self, asin: str, day: date) -> DemoOffer:
        """Return the offer of one product on one day; KeyError for an unknown product."""
        row = self._row[asin]
        chunk, index = self._chunk_of(day)
        listed = int(chunk.list_cents[index, row])
        return DemoOffer(
            price=Decimal(int(chunk.price_cents[index, row])) / 100,
            list_price=Decimal(listed) / 100 if listed else None,
            coupon_percent=int(chunk.coupon_percent[index, row]),
            in_stock=bool(chunk.in_stock[index, row]),
        )

    def prices(self, first: date, last: date) -> NDArray[np.float64]:
        """Return prices in EUR, shape (days, products); NaN where a product was out of stock."""
        self._chunk_of(last)
        begin, end = _number(first), _number(last) + 1
        with self._lock:
            cents = np.concatenate([chunk.price_cents for chunk in self._chunks])[begin:end] / 100
            stocked = np.concatenate([chunk.in_stock for chunk in self._chunks])[begin:end]
        return np.where(stocked, cents, np.nan)

    def _chunk_of(self, day: date) -> tuple[Chunk, int]:
        number = _number(day)
        with self._lock:
            while len(self._chunks) * CHUNK_DAYS <= number:
                generator = np.random.default_rng([self._seed, 1 + len(self._chunks)])
                self._chunks.append(self._observed_prices.run(CHUNK_DAYS, generator))
        return self._chunks[number // CHUNK_DAYS], number % CHUNK_DAYS


def _number(day: date) -> int:
    if day < EPOCH:
        raise ValueError(f"The demo shop opened on {EPOCH}; it has no prices for {day}.")
    return (day - EPOCH).days
