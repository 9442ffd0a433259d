"""From candidates to what is published: the past chooses the point, the intervals and their widths."""

from __future__ import annotations

import numpy as np

from forecasting.calibration.recalibration import learn_widths, rescaled
from forecasting.candidates.candidates import Candidates
from forecasting.candidates.published import Published
from forecasting.candidates.record import Record
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.panel import Freq, horizon_parts
from forecasting.selection.gate import choose_points, choose_spreads


def publish(candidates: Candidates, record: Record, freq: Freq) -> Published:
    """Decide by the record (outcomes seen by the cutoff) and turn offsets into prices."""
    horizon = candidates.reference.shape[1]
    parts = horizon_parts(freq, horizon)
    points = choose_points(record, parts, continuous=candidates.continuous)
    spreads = choose_spreads(record, parts)
    widths = learn_widths(record, spreads, parts)
    point = np.zeros(candidates.reference.shape[:2])
    spread = np.empty(candidates.reference.shape)
    for part, point_name, spread_name in zip(parts, points, spreads, strict=True):
        if point_name != LAST_PRICE:
            point[:, part] = candidates.points[point_name][:, part]
        spread[:, part] = candidates.spreads[spread_name][:, part]
    last = candidates.last
    chosen = {
        "until_step": [part.stop for part in parts],
        "point": list(points),
        "intervals": list(spreads),
        "widths": widths.tolist(),
    }
    return Published(
        candidates.cutoff,
        last,
        last[:, None] * np.exp(point),
        last[:, None, None] * np.exp(rescaled(spread, widths, parts)),
        chosen,
    )
