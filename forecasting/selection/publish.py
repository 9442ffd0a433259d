"""From candidates to what is published: the past chooses one distribution for the whole horizon."""

from __future__ import annotations

import numpy as np

from forecasting.calibration.steadiness import steady, still
from forecasting.candidates.candidates import POOLED, Candidates
from forecasting.candidates.published import Published
from forecasting.candidates.record import Record
from forecasting.panel import Freq
from forecasting.selection.gate import choose_shift, choose_spread, median_moves


def publish(candidates: Candidates, record: Record, freq: Freq) -> Published:
    """Decide by the record (outcomes seen by the cutoff) and turn offsets into prices."""
    continuous = candidates.continuous
    spread = choose_spread(record, continuous=continuous, pooled=POOLED in candidates.spreads)
    moves = median_moves(record, spread, freq, continuous=continuous)
    shift = choose_shift(record, spread, freq, moves=moves)
    chosen = candidates.spreads[spread]
    offsets = steady(chosen, freq) if moves else still(chosen)
    if shift in candidates.shifts:
        offsets = offsets + candidates.shifts[shift][..., None]
    last = candidates.last
    return Published(
        candidates.cutoff,
        last,
        last[:, None, None] * np.exp(offsets),
        {"distribution": spread, "median_moves": moves, "shift": shift},
    )
