"""LightGBM, where the machine can load it: its wheel takes OpenMP's libgomp from the system."""

import logging
from functools import cache
from types import ModuleType

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)


@cache
def boosting() -> ModuleType | None:
    """The library, or None (said once in the log): the forecasts then rest on Prophet and conformal intervals."""
    try:
        import lightgbm
    except OSError as error:  # libgomp.so.1 is not there; on Debian it comes with libgomp1
        log.warning("LightGBM cannot be loaded (%s): forecasting without the pooled price-change model", error)
        return None
    return lightgbm


def kept_rows(rows: int, most: int) -> npt.NDArray[np.int64]:
    """The places of at most so many rows, drawn at random and always the same, in order."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(0).choice(rows, most, replace=False))
