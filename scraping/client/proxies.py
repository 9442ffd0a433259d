"""An optional list of proxies, taken in turn; one that fails rests, for all workers at once."""

import hashlib

from django.conf import settings

from scraping.client.shared_redis import shared_redis

FAILURES_TO_REST = 3
REST_SECONDS = 600


def next_proxy() -> str | None:
    """The proxy whose turn it is among those that are well; None where none is configured.

    If all of them rest, the one whose turn it is gets another chance: asking through nobody would show our address.
    """
    proxies: list[str] = settings.OILWATCH_PROXIES
    if not proxies:
        return None
    turn = int(shared_redis().incr("proxy:turn"))
    in_rotation = [proxies[(turn + offset) % len(proxies)] for offset in range(len(proxies))]
    return next((proxy for proxy in in_rotation if not _rests(proxy)), in_rotation[0])


def report_proxy(proxy: str | None, *, well: bool) -> None:
    """Tell how an exchange through the proxy went; three failures in a row let it rest for ten minutes."""
    if proxy is None:
        return
    redis, key = shared_redis(), _key(proxy)
    if well:
        redis.delete(key)
        return
    failures = int(redis.incr(key))
    redis.expire(key, REST_SECONDS if failures >= FAILURES_TO_REST else REST_SECONDS * 6)


def _rests(proxy: str) -> bool:
    failures = shared_redis().get(_key(proxy))
    return int(failures or 0) >= FAILURES_TO_REST


def _key(proxy: str) -> str:
    """A proxy's address can hold a password: its hash names it."""
    return f"proxy:failures:{hashlib.sha256(proxy.encode()).hexdigest()[:16]}"
