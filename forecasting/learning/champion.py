"""Champion or challenger: a new training is served unless its own backtest says it is worse than the one before.

Both are judged beside the same yardstick, the last price with conformal intervals at each one's own past origins:
CRPS and error are ratios to it, so a calmer or wilder month moves both sides of the ratio alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

LEAST_OUTCOMES = 100  # fewer past outcomes judge nobody
WORSE_BY = 0.05  # a day more of history moves a ratio by some per cent without anything being wrong
WORST_ERROR = 1.05  # times the last price's error
LONGEST_REIGN = timedelta(days=3)  # forecasts older than that are worse than any doubt about new ones
Scores = Mapping[str, Mapping[str, Any]]


def why_worse(challenger: Scores, champion: Scores) -> str:
    """In words why the challenger must not be served, "" if it may; scores as a training keeps them, by shop."""
    for shop in sorted(set(challenger) & set(champion)):
        new, old = _longest(challenger[shop]), _longest(champion[shop])
        if new is None or old is None:
            continue
        if new[0] > old[0] * (1 + WORSE_BY):
            return f"{shop}: CRPS {new[0]:.3f} of the last price's, the champion's was {old[0]:.3f}"
        if new[1] > max(WORST_ERROR, old[1] * (1 + WORSE_BY)):
            return f"{shop}: error {new[1]:.3f} of the last price's, the champion's was {old[1]:.3f}"
    return ""


def _longest(scores: Mapping[str, Any]) -> tuple[float, float] | None:
    """CRPS and mean absolute error at the longest horizon, as ratios to the yardstick; None where it says little."""
    horizons, yardstick = scores.get("horizons") or {}, scores.get("reference") or {}
    days = max((day for day in horizons if day in yardstick), key=int, default=None)
    if days is None:
        return None
    own, theirs = horizons[days], yardstick[days]
    figures = (own.get("crps_pct"), theirs.get("crps_pct"), own.get("rel_mae"))
    if (own.get("n") or 0) < LEAST_OUTCOMES or any(figure is None for figure in figures) or not figures[1]:
        return None
    return figures[0] / figures[1], figures[2]
