"""Curves of a named method as bytes: what one part of a training hands to the part that publishes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson

from forecasting.forecasters.method_forecast import MethodForecast


def packed_curves(curves: Iterable[MethodForecast]) -> bytes:
    """Every curve as compressed JSON."""
    rows = [
        {
            "key": curve.key,
            "method": curve.method,
            "cutoff": curve.cutoff,
            "last_price": curve.last_price,
            "levels": list(curve.levels),
            "quantiles": curve.quantiles.tolist(),
            "inputs": list(curve.inputs),
        }
        for curve in curves
    ]
    return zlib.compress(orjson.dumps(rows), 1)


def unpacked_curves(data: bytes) -> list[dict[str, Any]]:
    """What `packed_curves` wrote: rows of plain values by the fields of `MethodForecast`, `cutoff` as a date."""
    rows: list[dict[str, Any]] = orjson.loads(zlib.decompress(data))
    for row in rows:
        row["cutoff"] = date.fromisoformat(row["cutoff"])
    return rows
