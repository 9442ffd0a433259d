"""Keep what is costly to reckon for some minutes; where the cache does not answer, it is reckoned anew."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

Kept = TypeVar("Kept")
log = structlog.get_logger(__name__)


def kept(name: str, reckon: Callable[[], Kept], *, seconds: int) -> Kept:
    """Return what is kept under a name, or reckon and keep it; the value must be JSON.

    Nothing (None, or empty) is never kept: on the first day it would hide what was seen a minute later.
    """
    try:
        found: Kept | None = cache.get(name)
    except RedisError as error:
        log.warning("cache_missed", name=name, error=str(error))
        return reckon()
    return found if found is not None else keep(name, reckon(), seconds=seconds)


def keep(name: str, fresh: Kept, *, seconds: int) -> Kept:
    """Keep what was just reckoned, in place of what was kept; returns it."""
    try:
        if fresh:
            cache.set(name, fresh, seconds)
    except RedisError as error:
        log.warning("cache_missed", name=name, error=str(error))
    return fresh
