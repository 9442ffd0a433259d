"""Cache what is costly to compute for some minutes; where the cache does not answer, it is computed again."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

Cached = TypeVar("Cached")
log = structlog.get_logger(__name__)


def get_or_compute(name: str, compute: Callable[[], Cached], *, seconds: int) -> Cached:
    """Return what is cached under a name, or compute and store it; the value must be JSON.

    An empty value (None, or nothing in it) is never stored: on the first day it would hide a price of a minute later.
    """
    try:
        entry: Cached | None = cache.get(name)
    except RedisError as error:
        log.warning("cache_missed", name=name, error=str(error))
        return compute()
    return entry if entry is not None else store(name, compute(), seconds=seconds)


def store(name: str, fresh: Cached, *, seconds: int) -> Cached:
    """Store a new value in place of the old one; returns it."""
    try:
        if fresh:
            cache.set(name, fresh, seconds)
    except RedisError as error:
        log.warning("cache_missed", name=name, error=str(error))
    return fresh
