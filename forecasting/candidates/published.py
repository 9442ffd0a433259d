"""A forecast as it is published: what the gate, the intervals and the feedback made of the candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Prices last [series], point [series, horizon], quantiles [series, horizon, 13], and what was chosen."""

    cutoff: int
    last: Floats
    point: Floats
    quantiles: Floats
    chosen: Mapping[str, Any]
