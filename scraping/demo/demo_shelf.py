"""The demo shop, one day after the other: producer prices, regular prices, promotions, stock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scraping.demo.catalogue import DemoProduct

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

KG_PER_LITRE = 0.916
VAT = 1.04  # olive oil's rate in Spain since 2025
ORIGIN_MEAN = np.array([4.3, 1.15])  # EUR/kg: olive, sunflower
ORIGIN_START = np.array([7.4, 1.0])  # the dear winter of 2024
ORIGIN_DAILY_NOISE = 0.009
ORIGIN_REVERSION = 1 / 260  # per day, towards the mean

# Chances per day, fitted to the measured shares (see simulation.py).
RESET_CHANCE = 0.0280
PROMOTION_CHANCE = 0.0075
PROMOTION_STAYS = 0.12  # a promotion that becomes the new regular price
OUT_OF_STOCK_CHANCE = 0.0016
COUPON_CHANCE = 0.008

GRADE_FACTOR = {"extra_virgin": 1.0, "virgin": 0.92, "olive": 0.86, "pomace": 0.55, "sunflower": 1.0}
PACKAGING_EUR = {"pet": 0.18, "glass": 0.55, "tin": 0.60, "sachet": 0.06}
DRAWS = 9


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of days; every array has the shape (days, products)."""

    price_cents: Ints
    list_cents: Ints
    coupon_percent: Ints
    in_stock: Flags


class DemoShelf:
    """The state of all products at the end of the last simulated day."""

    def __init__(self, products: tuple[DemoProduct, ...], generator: np.random.Generator) -> None:
        count = len(products)
        self._market = np.array([1 if p.grade == "sunflower" else 0 for p in products])
        self._litres = np.array([float(p.litres) for p in products])
        self._packaging = np.array([PACKAGING_EUR[p.packaging] * p.containers for p in products])
        grade = np.array([GRADE_FACTOR[p.grade] for p in products])
        premium = np.array(
            [1.45 if p.packaging in {"glass", "tin"} and p.grade == "extra_virgin" else 1.0 for p in products]
        )
        self._factor = grade * premium * np.exp(generator.normal(0.22, 0.09, count))  # maker's and shop's margin
        self._has_list = generator.random(count) < 0.35
        self._list_markup = generator.uniform(1.06, 1.22, count)
        self._log_origin = np.log(ORIGIN_START)
        self._passed_on = self._log_origin.copy()  # the origin price as shops have taken notice of it
        self._regular = charm(self._target() * np.exp(generator.normal(0, 0.02, count)))
        self._promotion = np.zeros(count, dtype=np.int64)  # cents; 0: none runs
        self._promotion_left = np.zeros(count, dtype=np.int64)
        self._away_left = np.zeros(count, dtype=np.int64)
        self._coupon = np.zeros(count, dtype=np.int64)
        self._coupon_left = np.zeros(count, dtype=np.int64)
        self._list = charm(self._regular / 100 * self._list_markup)

    def run(self, days: int, generator: np.random.Generator) -> Chunk:
        """Simulate some days and return the offers of each."""
        count = len(self._litres)
        origin_noise = generator.normal(0, ORIGIN_DAILY_NOISE, (days, 2))
        uniform = generator.random((days, DRAWS, count))
        normal = generator.normal(0, 1, (days, 2, count))
        cents, listed, coupon = (np.empty((days, count), dtype=np.int64) for _ in range(3))
        chunk = Chunk(cents, listed, coupon, np.empty((days, count), dtype=bool))
        for day in range(days):
            self._log_origin += ORIGIN_REVERSION * (np.log(ORIGIN_MEAN) - self._log_origin) + origin_noise[day]
            self._passed_on += (self._log_origin - self._passed_on) / 30
            self._end_promotions(uniform[day, 0])
            self._reset_regular_prices(uniform[day, 1], uniform[day, 2], normal[day, 0])
            self._start_promotions(uniform[day, 3], uniform[day, 4], normal[day, 1])
            self._move_stock(uniform[day, 5], uniform[day, 6])
            self._move_coupons(uniform[day, 7], uniform[day, 8])
            self._show(chunk, day)
        return chunk

    def _target(self) -> Floats:
        """Return what each pack would cost if shops passed the origin price on at once, in EUR."""
        oil = np.exp(self._passed_on)[self._market] * KG_PER_LITRE * self._litres * self._factor
        return np.asarray((oil + self._packaging) * VAT)

    def _end_promotions(self, stays: Floats) -> None:
        self._promotion_left = np.maximum(self._promotion_left - 1, 0)
        sold = (self._promotion > 0) & (self._promotion_left == 0)
        lasting = sold & (stays < PROMOTION_STAYS)
        self._regular = np.where(lasting, self._promotion, self._regular)
        self._promotion = np.where(sold, 0, self._promotion)

    def _reset_regular_prices(self, chance: Floats, direction: Floats, size: Floats) -> None:
        """Move a few regular prices part of the way to their target, with a will of their own."""
        gap = np.log(self._target() / (self._regular / 100))
        upward = direction < 1 / (1 + np.exp(-gap / 0.03))  # the wider the gap, the surer the direction
        step = np.where(upward, 1, -1) * np.exp(np.log(0.020) + 0.60 * size) + 0.25 * gap
        moved = charm(self._regular / 100 * np.exp(np.clip(step, -0.25, 0.25)))
        due = (chance < RESET_CHANCE) & (self._promotion == 0)
        self._regular = np.where(due, moved, self._regular)
        dearer = due & (self._regular > self._list)
        self._list = np.where(dearer, charm(self._regular / 100 * self._list_markup), self._list)

    def _start_promotions(self, chance: Floats, length: Floats, depth: Floats) -> None:
        cut = np.clip(np.exp(np.log(0.10) + 0.6 * depth), 0.03, 0.40)
        price = charm(self._regular / 100 * (1 - cut))
        starts = (chance < PROMOTION_CHANCE) & (self._promotion == 0) & (price < self._regular)
        self._promotion = np.where(starts, price, self._promotion)
        self._promotion_left = np.where(starts, 4 + (length * 18).astype(np.int64), self._promotion_left)

    def _move_stock(self, chance: Floats, length: Floats) -> None:
        self._away_left = np.maximum(self._away_left - 1, 0)
        leaves = (chance < OUT_OF_STOCK_CHANCE) & (self._away_left == 0)
        self._away_left = np.where(leaves, 3 + (length**2 * 25).astype(np.int64), self._away_left)

    def _move_coupons(self, chance: Floats, size: Floats) -> None:
        self._coupon_left = np.maximum(self._coupon_left - 1, 0)
        starts = (chance < COUPON_CHANCE) & (self._coupon_left == 0)
        self._coupon = np.where(starts, 5 * (1 + (size * 3).astype(np.int64)), self._coupon)
        self._coupon_left = np.where(starts, 6 + (size * 15).astype(np.int64), self._coupon_left)

    def _show(self, chunk: Chunk, day: int) -> None:
        reduced = self._promotion > 0
        price = np.where(reduced, self._promotion, self._regular)
        listed = np.where(reduced, self._regular, np.where(self._has_list, self._list, 0))
        chunk.price_cents[day] = price
        chunk.list_cents[day] = np.where(listed > price * 1.02, listed, 0)
        chunk.coupon_percent[day] = np.where(self._coupon_left > 0, self._coupon, 0)
        chunk.in_stock[day] = self._away_left == 0


def charm(euros: Floats) -> Ints:
    """Round to prices as shops write them, in cents: 4.49, 23.95 ... never more than about 1 % away."""
    grid = np.select([euros < 8, euros < 30], [5, 10], default=50)
    return np.asarray(np.maximum(np.round(euros * 100 / grid) * grid - 1, 49)).astype(np.int64)
