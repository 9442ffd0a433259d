"""Champion or challenger: a new training is served unless its own backtest is worse than the baseline.

The baseline is the best each shop has reached so far, not what was served last night: up to 8 % worse than that is
served and leaves it where it is, so that some per cent a night cannot add up. It comes down only where a challenger had
to be served though it was worse, because the champion had grown too old; the training's `standing_reason` says so.

All are compared with the same reference, the last price with conformal intervals at each one's own past cutoffs:
CRPS and error are ratios to it, so a calmer or wilder month moves both sides of the ratio alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

LEAST_OUTCOMES = 100  # fewer past outcomes decide nothing
# A day more of history moves a ratio by 2 to 3 % without anything being wrong, and by more over weeks. Of 74 nights of
# real shelves (FACUA 2024, Ocado 2024) a limit of 5 % holds 11 back, one of 8 % 3, as many as last night's did.
WORSE_BY = 0.08
WORST_ERROR = 1.05  # times the last price's error
LONGEST_REIGN = timedelta(days=3)  # forecasts older than that are worse than any doubt about new ones
Scores = Mapping[str, Mapping[str, Any]]
Baseline = Mapping[str, Mapping[str, float]]  # shop -> "crps" and "error", as ratios to the last price's


def why_worse(challenger: Scores, baseline: Baseline) -> str:
    """In words why the challenger must not be served, "" if it may; scores as a training keeps them, by shop.

    A shop that never had figures has no baseline, so a young shop is served at once. One that had and now has none is
    not known to be as good. A shop of which the challenger forecasts nothing cannot be made worse by it.
    """
    assessments = (_worse(shop, challenger[shop], baseline[shop]) for shop in sorted(set(challenger) & set(baseline)))
    return next((worse for worse in assessments if worse), "")


def baseline_after(baseline: Baseline, served: Scores) -> dict[str, dict[str, float]]:
    """The baseline for those that come after a training that is served: lower errors where it was better.

    Where it was served though it was worse, its own figures are the baseline; without figures there is none until
    there are some.
    """
    after = {shop: dict(figures) for shop, figures in baseline.items()}
    for shop, scores in served.items():
        own = _longest(scores)
        if own is None:
            if _unproven(scores):
                after.pop(shop, None)
        elif shop not in baseline or _worse(shop, scores, baseline[shop]):
            after[shop] = own
        else:
            after[shop] = {name: min(own[name], baseline[shop][name]) for name in own}
    return after


def _worse(shop: str, scores: Mapping[str, Any], baseline: Mapping[str, float]) -> str:
    own = _longest(scores)
    if own is None:
        text = f"{shop}: fewer than {LEAST_OUTCOMES} past outcomes to score it, those before it had more"
        return text if _unproven(scores) else ""
    if own["crps"] > baseline["crps"] * (1 + WORSE_BY):
        return f"{shop}: CRPS {own['crps']:.3f} of the last price's, the baseline is {baseline['crps']:.3f}"
    if own["error"] > max(WORST_ERROR, baseline["error"] * (1 + WORSE_BY)):
        return f"{shop}: error {own['error']:.3f} of the last price's, the baseline is {baseline['error']:.3f}"
    return ""


def _unproven(scores: Mapping[str, Any]) -> bool:
    """Whether there are forecasts with too few scored outcomes; a past in which nothing moved is no doubt."""
    horizons = scores.get("horizons") or {}
    longest = max(horizons, key=int, default=None)
    return bool(scores) and (longest is None or (horizons[longest].get("n") or 0) < LEAST_OUTCOMES)


def deciding_days(scores: Mapping[str, Any]) -> str | None:
    """The horizon at which a shop's figures decide: the longest that the last price was scored at, too."""
    horizons, yardstick = scores.get("horizons") or {}, scores.get("reference") or {}
    return max((days for days in horizons if days in yardstick), key=int, default=None)


def _longest(scores: Mapping[str, Any]) -> dict[str, float] | None:
    """CRPS and mean absolute error at the longest horizon, as ratios to the last price's; None where it says little."""
    days = deciding_days(scores)
    if days is None:
        return None
    own, theirs = scores["horizons"][days], scores["reference"][days]
    figures = (own.get("crps_pct"), theirs.get("crps_pct"), own.get("rel_mae"))
    if (own.get("n") or 0) < LEAST_OUTCOMES or any(figure is None for figure in figures) or not figures[1]:
        return None
    return {"crps": figures[0] / figures[1], "error": figures[2]}
