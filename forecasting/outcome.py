"""What one training found, shop by shop, wherever it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forecasting.product_forecast import CatalogueForecast, ProductForecast
from forecasting.series import Series


@dataclass(slots=True)
class Outcome:
    """Forecasts and refusals by key, scores and what was learned by shop, and a fingerprint of the data."""

    forecasts: dict[str, ProductForecast] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    scores: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    artefact: dict[str, Any] = field(default_factory=dict)
    fingerprint: Any = field(default_factory=hashlib.sha256)

    def add(self, shop: str, catalogue: Sequence[Series], fitted: CatalogueForecast) -> None:
        """Take in one shop's catalogue."""
        self.forecasts |= fitted.products
        self.refused |= fitted.refused
        self.scores[shop] = fitted.scores
        self.artefact[shop] = fitted.artefact()
        for series in catalogue:
            self.fingerprint.update(f"{series.key} {series.start}".encode())
            self.fingerprint.update(series.prices.tobytes())

    def methods(self) -> dict[str, int]:
        """How many forecasts each method made."""
        methods: dict[str, int] = {}
        for forecast in self.forecasts.values():
            methods[forecast.method] = methods.get(forecast.method, 0) + 1
        return methods

    def versions(self) -> dict[str, str]:
        """The versions of the packages that fitted."""
        for learned in self.artefact.values():
            if versions := learned.get("versions"):
                return dict(versions)
        return {}
