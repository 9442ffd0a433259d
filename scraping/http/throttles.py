"""Throttles that hold with any number of processes: one atomic bucket per caller in Redis."""

from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from scraping.client.rate_limiter import acquire

if TYPE_CHECKING:  # a view imports its permissions, not the other way round
    from rest_framework.views import APIView

log = structlog.get_logger(__name__)


class _Throttle(BaseThrottle):
    reads = True

    def __init__(self) -> None:
        self._wait = 0.0

    @property
    def a_minute(self) -> int:
        """How many requests a caller may make in a minute."""
        return int(settings.OILWATCH_READS_PER_MINUTE if self.reads else settings.OILWATCH_WRITES_PER_MINUTE)

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Take a turn; without Redis reading goes on (a page must not hang on it)."""
        if (request.method in SAFE_METHODS) != self.reads:
            return True
        a_minute = self.a_minute
        try:
            self._wait = acquire(self._bucket(request), seconds_between=60 / a_minute, burst=max(1, a_minute // 4))
        except RedisError as error:
            log.warning("throttle_without_redis", error=str(error))
            return True
        return self._wait == 0

    def wait(self) -> float:
        """Seconds until the next turn: becomes the Retry-After header."""
        return self._wait

    def _bucket(self, request: Request) -> str:
        who = f"user:{request.user.pk}" if request.user and request.user.is_authenticated else self.get_ident(request)
        return f"{'read' if self.reads else 'write'}:{who}"


class ReadThrottle(_Throttle):
    """For GET."""


class WriteThrottle(_Throttle):
    """For everything else."""

    reads = False
