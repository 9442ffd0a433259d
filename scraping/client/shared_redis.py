"""The Redis that all workers share, with short timeouts: a frozen one must not freeze a worker."""

from functools import cache

import redis
from django.conf import settings


@cache
def shared_redis() -> "redis.Redis":
    """One client a process."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
