"""What "7 14 30" means on a file's calendar."""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.panel import DAYS_A_STEP, HORIZON_EDGES, Freq

LONGEST_DAYS = 365


class BadHorizon(ValueError):
    """A horizon that cannot be scored; the message says what to change."""


def horizons_in_steps(horizons: Sequence[int], freq: Freq) -> dict[str, int]:
    """Steps of the frequency by the caller's own number.

    Horizons count the file's own steps. On weekly and monthly files, horizons that are all 7 or more are
    read as days: "7 14 30" on weeks means 1, 2 and 4 weeks and is reported under "7", "14", "30". An empty
    list means near, middle and far: 7 14 30 days, 1 2 4 weeks, 1 3 6 months. Raises BadHorizon.
    """
    if not horizons:
        return {str(step): step for step in HORIZON_EDGES[freq]}
    as_days = freq != "daily" and min(horizons) >= 7
    size = DAYS_A_STEP[freq]
    for horizon in horizons:
        days = horizon if as_days else horizon * size
        if horizon < 1 or days > LONGEST_DAYS:
            raise BadHorizon(f"horizon {horizon}: give whole steps of the file's calendar ({freq}) from 1 up to a year")
    return {str(horizon): max(1, round(horizon / size)) if as_days else horizon for horizon in sorted(set(horizons))}
