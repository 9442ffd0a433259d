"""How well forecasting did on the past, as the newest training measured it: not published, so shown apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forecasting.models import Standing, Training
from scraping.models import Adapter, Shop


@dataclass(frozen=True, slots=True)
class PastHorizon:
    """One horizon of a backtest; shares of 1."""

    days: int
    outcomes: int
    against_standing: float | None
    coverage_80: float | None
    coverage_95: float | None


@dataclass(frozen=True, slots=True)
class PastScore:
    """One shop's backtest in one training."""

    shop: str
    simulated: bool
    trained: datetime | None
    origins: int
    horizons: tuple[PastHorizon, ...]
    decisions: int
    saving: float | None
    capture: float | None
    waits_lost: float | None


def past_scores() -> list[PastScore]:
    """The newest measure of each shop: two queries."""
    adapters: dict[str, str] = dict(Shop.objects.values_list("name", "adapter"))
    rows = (
        Training.objects.filter(standing=Standing.SERVED, scope="all")
        .order_by("-id")
        .values_list("finished_at", "scores")[:1]
    )
    return [
        _score(name, adapters.get(name) == Adapter.DEMO, finished, figures)
        for finished, scores in rows
        for name, figures in sorted(_mapping(scores).items())
        if _mapping(figures).get("horizons")
    ]


def _score(name: str, simulated: bool, finished: datetime | None, figures: Any) -> PastScore:
    horizons = [
        PastHorizon(
            days=int(days),
            outcomes=int(values.get("n") or 0),
            against_standing=_less_one(_number(values.get("rel_mae"))),
            coverage_80=_number(values.get("coverage_80")),
            coverage_95=_number(values.get("coverage_95")),
        )
        for days, values in _mapping(figures["horizons"]).items()
        if days.isdecimal() and isinstance(values, Mapping)
    ]
    advice = _mapping(next(iter(_mapping(figures.get("advice")).values()), {}))
    saving = _number(advice.get("saving_pct"))
    return PastScore(
        shop=name,
        simulated=simulated,
        trained=finished,
        origins=int(figures.get("origins") or 0),
        horizons=tuple(sorted(horizons, key=lambda horizon: horizon.days)),
        decisions=int(advice.get("n") or 0),
        saving=None if saving is None else saving / 100,
        capture=_number(advice.get("capture")),
        waits_lost=_number(advice.get("waits_lost")),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _less_one(ratio: float | None) -> float | None:
    return None if ratio is None else ratio - 1
