"""A forecast as it is published: one distribution a product and day, and what the past chose of the candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forecasting.quantiles import MEDIAN
from forecasting.series import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """Prices last [series] and quantiles [series, horizon, 13], and what was chosen."""

    cutoff: int
    last: Floats
    quantiles: Floats
    chosen: Mapping[str, Any]

    @property
    def point(self) -> Floats:
        """The median [series, horizon]: the one figure to act on."""
        return self.quantiles[..., MEDIAN]
