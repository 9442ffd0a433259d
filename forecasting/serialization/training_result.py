"""What a training found, shop by shop, wherever it was made: plain values, ready for the ledger or for a file."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import orjson

from forecasting.product_forecast import CatalogueForecast, PastPaths
from forecasting.serialization.forecast_payload import payload_of, plain
from forecasting.series import Series


@dataclass(slots=True)
class Outcome:
    """Forecasts (see `payload_of`) and refusals by key; by shop scores, what was learned, fingerprints, past paths."""

    forecasts: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    scores: dict[str, Any] = field(default_factory=dict)
    learned: dict[str, Any] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    past: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, shop: str, catalogue: Sequence[Series], fitted: CatalogueForecast, *, share: str = "") -> None:
        """Take in one shop's catalogue, or a share of it that has this name."""
        self.forecasts |= {key: payload_of(forecast) for key, forecast in fitted.products.items()}
        self.refused |= fitted.refused
        self.scores[shop] = plain(fitted.scores)
        self.learned[shop] = plain(fitted.learned)
        self.fingerprints[f"{shop} {share}".rstrip()] = _fingerprint(catalogue)
        self.past[shop] = _past_values(fitted.past)

    def join(self, other: Outcome) -> None:
        """Take in what another worker found, of another shop or another share of one.

        A share of which nothing could be forecast has neither scores nor a past, and leaves those of the others.
        """
        self.forecasts |= other.forecasts
        self.refused |= other.refused
        self.scores |= {shop: scores for shop, scores in other.scores.items() if scores or shop not in self.scores}
        self.past |= {shop: past for shop, past in other.past.items() if past["days"] or shop not in self.past}
        for shop, learned in other.learned.items():
            before = self.learned.get(shop, {})
            together = {"series": before.get("series", 0) + learned.get("series", 0)}
            self.learned[shop] = {**learned, **together} if before and learned else before or learned
        self.fingerprints |= other.fingerprints

    def without_curves(self) -> Outcome:
        """The same with no more of each forecast than its method."""
        return replace(self, forecasts={key: {"method": one["method"]} for key, one in self.forecasts.items()})

    def past_paths(self) -> list[PastPaths]:
        """Each shop's medians of past cutoffs."""
        return [
            PastPaths(
                tuple(values["keys"]),
                tuple(map(date.fromisoformat, values["days"])),
                np.array(values["paths"], dtype=np.float64),
            )
            for values in self.past.values()
            if values["days"]
        ]

    def methods(self) -> dict[str, int]:
        """How many forecasts each method made."""
        methods: dict[str, int] = {}
        for forecast in self.forecasts.values():
            methods[forecast["method"]] = methods.get(forecast["method"], 0) + 1
        return methods

    def versions(self) -> dict[str, str]:
        """The versions of the packages that fitted."""
        for learned in self.learned.values():
            if versions := learned.get("versions"):
                return dict(versions)
        return {}

    def parameters(self) -> dict[str, Any]:
        """What the past chose in each shop: point and interval forecasters by stretch of days, and the widths."""
        return {shop: learned["chosen"] for shop, learned in self.learned.items() if "chosen" in learned}

    def fingerprint(self) -> str:
        """SHA-256 of all data: the same prices give the same one, in whatever order the shops were trained."""
        return hashlib.sha256(json.dumps(self.fingerprints, sort_keys=True).encode()).hexdigest()

    def packed(self) -> bytes:
        """Everything as compressed JSON, for the part of a training that publishes."""
        return zlib.compress(orjson.dumps({name: getattr(self, name) for name in self.__slots__}), 1)

    @classmethod
    def unpacked(cls, data: bytes) -> Outcome:
        """What `packed` wrote."""
        outcome = cls(**orjson.loads(zlib.decompress(data)))
        for forecast in outcome.forecasts.values():
            forecast["origin"] = date.fromisoformat(forecast["origin"])
        return outcome


def _past_values(past: PastPaths) -> dict[str, Any]:
    """As JSON values: six digits are more than a price has, and an unknown figure is null."""
    return {
        "keys": list(past.keys),
        "days": [day.isoformat() for day in past.days],
        "paths": plain(np.round(past.paths, 6).tolist()),
    }


def _fingerprint(catalogue: Sequence[Series]) -> str:
    digest = hashlib.sha256()
    for series in catalogue:
        digest.update(f"{series.key} {series.start}".encode())
        digest.update(series.prices.tobytes())
    return digest.hexdigest()
