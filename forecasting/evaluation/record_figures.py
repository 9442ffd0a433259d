"""The figures of the public record, from sums over its scores. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

RECORD_SPAN = timedelta(days=90)  # how far back the record beside a forecast looks
LEAST_SCORED = 14  # two weeks of nightly forecasts: fewer of one product say more about luck than about forecasting
SAME = 0.005  # closer to the last price's error than this is no difference worth a word


@dataclass(frozen=True, slots=True)
class HorizonFigures:
    """How good forecasts were over days 1..`days`; shares of 1, None where nothing was seen or nothing moved."""

    days: int
    forecasts: int = 0
    days_seen: int = 0
    rel_mae: float | None = None
    error: float | None = None
    crps: float | None = None
    coverage_80: float | None = None
    coverage_95: float | None = None

    @property
    def against_standing(self) -> float | None:
        """How the error compares with assuming that the price stays: -0.09 is 9 % smaller."""
        return None if self.rel_mae is None else self.rel_mae - 1

    @property
    def no_better(self) -> bool | None:
        """Whether it was no better than the last price (nothing is, where no price moved); None where not scored."""
        if self.error is None:
            return None
        return self.rel_mae is None or self.rel_mae > 1 - SAME


@dataclass(frozen=True, slots=True)
class AdviceFigures:
    """What following the advice saved per purchase against buying at once, beside waiting always and foresight."""

    decisions: int = 0
    waits: int = 0
    saving: float | None = None
    always_wait: float | None = None
    possible: float | None = None
    waits_lost: float | None = None
    always_lost: float | None = None

    @property
    def never_wait(self) -> float:
        """What buying at once saves against buying at once."""
        return 0.0

    @property
    def capture(self) -> float | None:
        """The saving as a share of what perfect foresight would have saved; None where nothing was saved."""
        return _share(self.saving, self.possible)

    @property
    def always_capture(self) -> float | None:
        """The same for waiting always."""
        return _share(self.always_wait, self.possible)


def pooled_horizon(days: int, groups: Iterable[Mapping[str, Any]]) -> HorizonFigures:
    """Pool the groups of one horizon; each seen day weighs the same."""
    mine = [group for group in groups if group["days"] == days]
    seen = sum(group["seen"] for group in mine)
    if not seen:
        return HorizonFigures(days)

    def total(name: str) -> float:
        return float(sum(group[name] for group in mine))

    naive = total("standing")
    return HorizonFigures(
        days=days,
        forecasts=sum(group["forecasts"] for group in mine),
        days_seen=seen,
        rel_mae=total("error") / naive if naive > 0 else None,
        error=total("error") / seen,
        crps=total("crps") / seen,
        coverage_80=total("inside_80") / seen,
        coverage_95=total("inside_95") / seen,
    )


def if_enough(figures: HorizonFigures, least: int = LEAST_SCORED) -> HorizonFigures:
    """The figures, or only how many forecasts they rest on while those are fewer than `least`."""
    if figures.forecasts >= least:
        return figures
    return HorizonFigures(figures.days, figures.forecasts, figures.days_seen)


def pooled_advice(sums: Mapping[str, Any]) -> AdviceFigures:
    """Savings from mean costs, all as shares of the price on the day of the advice."""
    decisions, waits = sums["decisions"], sums["waits"]
    if not decisions:
        return AdviceFigures()
    return AdviceFigures(
        decisions=decisions,
        waits=waits,
        saving=1 - sums["followed"],
        always_wait=1 - sums["always_paid"],
        possible=1 - sums["least_paid"],
        waits_lost=sums["lost"] / waits if waits else None,
        always_lost=sums["always_lost"] / decisions,
    )


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and part >= 0 and whole else None
