"""What the scores of a training say of forecasters and odds: the JSON of `Training.scores`, read into rows. Pure.

Trainings from before a figure was measured lack its key: there are no rows then.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from forecasting.forecasters.last_price import LAST_PRICE

Interval = tuple[float, float]


class Difference(StrEnum):
    """Whether an error differs from the last price's: by whether the 95 % interval of their ratio leaves out 1."""

    LESS_ERROR = "less_error"
    MORE_ERROR = "more_error"
    NOT_MEASURABLE = "not_measurable"


@dataclass(frozen=True, slots=True)
class LeaderboardRow:
    """One forecaster at past cutoffs over days 1 to `days`, relative to the last price: below 1 is better.

    `n` prices were compared, from `cutoffs` days; `*_95` are 95 % intervals, None with too few cutoffs. `dm` is the
    p-value of Diebold and Mariano for the CRPS.
    """

    forecaster: str
    days: int
    n: int
    cutoffs: int
    rel_mae: float | None = None
    rel_mae_95: Interval | None = None
    rel_crps: float | None = None
    rel_crps_95: Interval | None = None
    dm: float | None = None
    crps_pct: float | None = None
    coverage_80: float | None = None
    coverage_95: float | None = None

    @property
    def difference(self) -> Difference | None:
        """What the interval of the error says; None without one, and for the last price itself."""
        return None if self.forecaster == LAST_PRICE else difference_of(self.rel_mae_95)


@dataclass(frozen=True, slots=True)
class OddsRow:
    """Chances of a fall by `fall_pct` % within `days` days that were stated, and the share that came, of `n`.

    `brier_skill` compares with always stating the share that came: 0 is no better, 1 is perfect.
    """

    fall_pct: int
    days: int
    n: int
    stated: float | None = None
    came: float | None = None
    brier: float | None = None
    brier_skill: float | None = None


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """Of the `n` chances that were stated between `low` and `high`: their mean, and the share that came."""

    fall_pct: int
    days: int
    low: float
    high: float
    n: int
    stated: float
    came: float


@dataclass(frozen=True, slots=True)
class PastExample:
    """One forecast of a past cutoff beside what came: prices of the pack by the day, None where nothing was seen.

    `before` ends on the cutoff, `actual` begins on the day after it; errors are shares of the last price.
    """

    key: str
    cutoff: date
    last_price: float
    levels: tuple[float, ...]
    quantiles: tuple[tuple[float, ...], ...]
    point: tuple[float, ...]
    before: tuple[float | None, ...]
    actual: tuple[float | None, ...]
    error: float
    naive: float


def past_examples_of(figures: Any) -> tuple[int, dict[str, PastExample]]:
    """The good and the bad example in one shop's scores, and of how many they were chosen; (0, {}) without."""
    stored = _mapping(_mapping(figures).get("examples"))
    try:
        return _count(stored.get("n")), {name: _example(stored[name]) for name in ("good", "bad")}
    except (KeyError, TypeError, ValueError):
        return 0, {}


def _example(row: Mapping[str, Any]) -> PastExample:
    return PastExample(
        key=str(row["key"]),
        cutoff=date.fromisoformat(row["cutoff"]),
        last_price=float(row["last_price"]),
        levels=tuple(map(float, row["levels"])),
        quantiles=tuple(tuple(map(float, day)) for day in row["quantiles"]),
        point=tuple(map(float, row["point"])),
        before=tuple(_number(price) for price in row["before"]),
        actual=tuple(_number(price) for price in row["actual"]),
        error=float(row["error"]),
        naive=float(row["naive"]),
    )


def difference_of(interval: Interval | None) -> Difference | None:
    """What an interval of a ratio of errors says; None without one."""
    if interval is None:
        return None
    low, high = interval
    if high < 1:
        return Difference.LESS_ERROR
    return Difference.MORE_ERROR if low > 1 else Difference.NOT_MEASURABLE


def leaderboard_rows(figures: Any) -> list[LeaderboardRow]:
    """The leaderboard in one shop's scores: by horizon, then the least error first."""
    rows = [
        LeaderboardRow(
            forecaster=name,
            days=days,
            n=_count(row.get("n")),
            cutoffs=_count(row.get("cutoffs")),
            rel_mae_95=_interval(row.get("rel_mae_95")),
            rel_crps_95=_interval(row.get("rel_crps_95")),
            **_numbers(row, "rel_mae", "rel_crps", "dm", "crps_pct", "coverage_80", "coverage_95"),
        )
        for name, by_days in _mapping(_mapping(figures).get("leaderboard")).items()
        for days, row in _by_number(by_days)
        if _count(_mapping(row).get("n"))
    ]
    return sorted(rows, key=lambda row: (row.days, math.inf if row.rel_mae is None else row.rel_mae, row.forecaster))


def compared_on(figures: Any) -> date | None:
    """The day on which one shop's leaderboard was made; trainings in between carry it on."""
    try:
        return date.fromisoformat(str(_mapping(figures).get("leaderboard_made_on")))
    except ValueError:
        return None


def odds_rows(figures: Any) -> list[OddsRow]:
    """The odds in one shop's scores that have come due: by size, then by days."""
    return [
        OddsRow(size, days, _count(row.get("n")), **_numbers(row, "stated", "came", "brier", "brier_skill"))
        for size, by_days in _by_number(_mapping(figures).get("odds"))
        for days, row in _by_number(by_days)
        if _count(_mapping(row).get("n"))
    ]


def reliability_rows(figures: Any) -> list[ReliabilityRow]:
    """The reliability table in one shop's scores: by size, days and stated chance."""
    return [
        ReliabilityRow(size, days, row["from"], row["to"], _count(row.get("n")), row["stated"], row["came"])
        for size, by_days in _by_number(_mapping(figures).get("reliability"))
        for days, rows in _by_number(by_days)
        for row in (rows if isinstance(rows, list) else [])
        if None not in _numbers(_mapping(row), "from", "to", "stated", "came").values()
    ]


def _by_number(value: Any) -> Iterator[tuple[int, Any]]:
    """The entries whose key is a number, the smallest first."""
    keys = [key for key in _mapping(value) if key.isdecimal()]
    return ((int(key), value[key]) for key in sorted(keys, key=int))


def _numbers(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: _number(row.get(name)) for name in names}


def _interval(value: Any) -> Interval | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    low, high = _number(value[0]), _number(value[1])
    return None if low is None or high is None else (low, high)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _count(value: Any) -> int:
    return max(0, int(_number(value) or 0))


def _number(value: Any) -> float | None:
    known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if known else None
