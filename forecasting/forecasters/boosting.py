"""LightGBM, where the machine can load it: its wheel takes OpenMP's libgomp from the system."""

import logging
from functools import cache
from types import ModuleType

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
