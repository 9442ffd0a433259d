"""Wait for our turn at a host, as long as a worker may; longer waits go back into the queue."""

import time

from redis.exceptions import RedisError

from scraping.client import circuit_breaker
from scraping.client.errors import NotNow
from scraping.client.rate_limiter import acquire

WITHOUT_REDIS = 30.0  # fail closed: without the shared pace nobody is asked


def wait_for_slot(host: str, seconds_between: float, *, longest_wait: float) -> None:
    """Return when the host may be asked; NotNow if its circuit is open or the slot is over `longest_wait` away."""
    try:
        if (closed := circuit_breaker.seconds_to_wait(host)) > 0:
            raise NotNow(closed, f"{host} is paused for {closed:.0f} s after blocks or failures")
        while (wait := acquire(f"host:{host}", seconds_between=seconds_between)) > 0:
            if wait > longest_wait:
                raise NotNow(wait, "waiting for the rate limit")
            time.sleep(wait)
    except RedisError as error:
        raise NotNow(WITHOUT_REDIS, f"no shared rate limit without Redis: {error}") from error
