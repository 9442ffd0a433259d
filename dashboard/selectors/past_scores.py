"""How well forecasting did on the past, as the newest training measured it: not published, so shown apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forecasting.selectors.training_scores import ShopScores, newest_scores
from forecasting.serialization.training_scores import (
    LeaderboardRow,
    OddsRow,
    PastExample,
    ReliabilityRow,
    compared_on,
    leaderboard_rows,
    odds_rows,
    past_examples_of,
    reliability_rows,
)


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
    shop_id: int | None
    simulated: bool
    trained: datetime | None
    origins: int
    horizons: tuple[PastHorizon, ...]
    decisions: int
    saving: float | None
    capture: float | None
    waits_lost: float | None
    stated_regret: float | None
    always_saving: float | None
    possible_saving: float | None
    compared_on: date | None
    leaderboard: tuple[LeaderboardRow, ...]
    odds: tuple[OddsRow, ...]
    reliability: tuple[ReliabilityRow, ...]
    examples: tuple[int, dict[str, PastExample]]


def past_scores() -> list[PastScore]:
    """The newest measure of each shop: two queries."""
    return [_score(one) for one in newest_scores() if _mapping(one.figures).get("horizons")]


def _score(scores: ShopScores) -> PastScore:
    figures = scores.figures
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
    return PastScore(
        shop=scores.shop,
        shop_id=scores.shop_id,
        simulated=scores.simulated,
        trained=scores.trained_at,
        origins=int(figures.get("origins") or 0),
        horizons=tuple(sorted(horizons, key=lambda horizon: horizon.days)),
        decisions=int(advice.get("n") or 0),
        saving=_percent(advice.get("saving_pct")),
        capture=_number(advice.get("capture")),
        waits_lost=_number(advice.get("waits_lost")),
        stated_regret=_number(advice.get("stated_regret")),
        always_saving=_percent(advice.get("always_wait_pct")),
        possible_saving=_percent(advice.get("possible_pct")),
        compared_on=compared_on(figures),
        leaderboard=tuple(leaderboard_rows(figures)),
        odds=tuple(odds_rows(figures)),
        reliability=tuple(reliability_rows(figures)),
        examples=past_examples_of(figures),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _percent(value: Any) -> float | None:
    number = _number(value)
    return None if number is None else number / 100


def _less_one(ratio: float | None) -> float | None:
    return None if ratio is None else ratio - 1
