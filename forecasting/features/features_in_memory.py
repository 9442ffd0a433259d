"""The features of one panel in a process's memory: the parts of a training that it does learn from the same series."""

from __future__ import annotations

import hashlib

from forecasting.features.feature_table import Features, features_of
from forecasting.panel import Panel

MOST_PRICES = 500_000  # of 400 series of three years, which models learn from: their features take about 30 MB
_made: dict[bytes, Features] = {}


def features_in_memory(panel: Panel) -> Features:
    """`features_of` the panel, made anew only where it is another one than the last."""
    if panel.prices.size > MOST_PRICES:
        return features_of(panel)
    digest = hashlib.sha256(f"{panel.freq} {panel.start} {panel.prices.shape}".encode())
    digest.update(panel.prices.tobytes())
    key = digest.digest()
    if key not in _made:
        _made.clear()  # before the next are made: never two at a time
        _made[key] = features_of(panel)
    return _made[key]
