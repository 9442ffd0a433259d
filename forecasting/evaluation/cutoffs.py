"""Which days to forecast from, and which earlier days to learn from first."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.panel import Freq, Panel

LEAST_OBSERVED: dict[Freq, int] = {"daily": 14, "weekly": 5, "monthly": 24}
WARM_UP: dict[Freq, tuple[int, int]] = {"daily": (21, 90), "weekly": (9, 10), "monthly": (60, 60)}
SHORT_DAILY = 250
STRIDE: dict[Freq, int] = {"daily": 30, "weekly": 1, "monthly": 3}
MOST_SCORED, MOST_VALIDATED = 60, 24


class TooShort(ValueError):
    """The file covers too little time; the message says how much is needed."""


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Steps to learn from and steps that are scored, both ascending."""

    windows: tuple[int, ...]
    scored: tuple[int, ...]


def choose_cutoffs(panel: Panel, horizon: int, scored: int | None = None) -> Cutoffs:
    """The later half of the possible cutoffs is scored, the earlier half calibrates.

    Origins lie a week apart on short daily files, else a month (weekly files a week, monthly ones a
    quarter); the last one leaves the whole horizon to be seen. `scored` asks for a number. Raises TooShort.
    """
    short = panel.freq == "daily" and panel.steps < SHORT_DAILY
    stride = 7 if short else STRIDE[panel.freq]
    warm_up = WARM_UP[panel.freq][0 if short else 1]
    last = panel.steps - 1 - horizon
    if last < LEAST_OBSERVED[panel.freq] - 1:
        raise TooShort(
            f"the file covers {panel.steps} steps ({panel.freq}); a horizon of {horizon} needs at least "
            f"{LEAST_OBSERVED[panel.freq] + horizon}: give a longer file or a shorter horizon"
        )
    earliest = min(warm_up, last)
    possible = list(range(last, earliest - 1, -stride))[::-1]
    wanted = min(max(len(possible) // 2, 1), MOST_SCORED) if scored is None else scored
    if not 1 <= wanted <= len(possible):
        raise TooShort(f"--origins {wanted}: this file has room for 1 to {len(possible)} origins")
    first = len(possible) - wanted
    return Cutoffs(tuple(possible[max(0, first - MOST_VALIDATED) : first]), tuple(possible[first:]))
