"""Turns for what reaches out into the world at a person's wish."""

from redis.exceptions import RedisError

from scraping.client.rate_limiter import acquire


class TooSoon(Exception):
    """Too many requests, or the counter does not answer; `seconds` until the next one is allowed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Try again in {seconds:.0f} s.")
        self.seconds = seconds


def acquire_or_refuse(bucket: str, *, seconds_between: float, burst: int) -> None:
    """Take a turn of the bucket; TooSoon where there is none, or nobody can tell."""
    try:
        wait = acquire(bucket, seconds_between=seconds_between, burst=burst)
    except RedisError as error:  # it reaches out into the world: fail closed
        raise TooSoon(seconds_between) from error
    if wait:
        raise TooSoon(wait)
