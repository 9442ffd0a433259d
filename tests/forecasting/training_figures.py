"""Scores of a training as `Training.scores` holds them, in one line each."""

from itertools import pairwise
from typing import Any

from tests.record_rows import done_training

FORECASTERS = {"last_price": 1.0, "published": 0.88, "event": 0.9, "prophet": 1.31, "lstm": 0.99}
EDGES = (0, 0.05, 0.1, 0.2, 0.3, 0.5, 1)


def board_row(ratio: float, *, half: float = 0.05, n: int = 54_000, cutoffs: int = 26) -> dict[str, Any]:
    reference = ratio == 1.0
    around = [1.0, 1.0] if reference else [ratio - half, ratio + half]
    return {
        "n": n,
        "cutoffs": cutoffs,
        "rel_mae": ratio,
        "rel_mae_95": around,
        "rel_crps": ratio,
        "rel_crps_95": around,
        "dm": None if reference else 0.004 if abs(ratio - 1) > half else 0.42,
        "crps_pct": 1.7 * ratio,
        "coverage_80": 0.81,
        "coverage_95": 0.955,
    }


def board(**ratios: float) -> dict[str, Any]:
    """A leaderboard by forecaster and horizon."""
    return {
        name: {days: board_row(ratio) for days in ("7", "14", "30")}
        for name, ratio in {**FORECASTERS, **ratios}.items()
    }


def odds_row(n: int, stated: float, came: float) -> dict[str, Any]:
    return {"n": n, "brier": 0.15, "brier_skill": 0.12, "stated": stated, "came": came}


def reliability(n: int) -> list[dict[str, Any]]:
    return [
        {"from": low, "to": high, "n": n, "stated": (low + high) / 2, "came": 0.9 * (low + high) / 2 + 0.02}
        for low, high in pairwise(EDGES)
    ]


def shop_figures(**more: Any) -> dict[str, Any]:
    """One shop's scores with a leaderboard, odds and their reliability."""
    horizon = {"n": 54_000, "rel_mae": 0.88, "coverage_80": 0.81, "coverage_95": 0.955}
    return {
        "origins": 26,
        "horizons": dict.fromkeys(("7", "14", "30"), horizon),
        "advice": {"14": {"n": 900, "saving_pct": 1.1, "capture": 0.4, "waits_lost": 0.2}},
        "leaderboard": board(),
        "leaderboard_made_on": "2026-11-20",
        "odds": {
            "5": {days: odds_row(1240, 0.23, 0.25) for days in ("7", "14", "30")},
            "10": {days: odds_row(1240, 0.08, 0.07) for days in ("7", "14", "30")},
        },
        "reliability": {size: {days: reliability(200) for days in ("7", "14", "30")} for size in ("5", "10")},
        **more,
    }


def training_with(**figures_by_shop: Any) -> Any:
    """A served training with these scores."""
    return done_training(scores=figures_by_shop)
