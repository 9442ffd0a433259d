"""A circuit breaker per host, shared by all workers: when a shop blocks us, everyone stops at once.

closed --3 blocks or 10 failures in a row--> open --cool-down over--> half open: one visit
   ^------------------------ it went well ------------------------------|
                  open for twice as long <-------- it did not ----------+
"""

import random
import time
from dataclasses import dataclass

from scraping.client.shared_redis import shared_redis

BLOCKS_TO_OPEN = 3
FAILURES_TO_OPEN = 10
FIRST_COOL_DOWN = 60.0
LONGEST_COOL_DOWN = 3600.0
FORGET_AFTER = 86_400

# Returns seconds to wait; 0 = go. Half open, one asker gets through and the others wait for what it finds.
_ASK = """
local now = tonumber(redis.call('TIME')[1])
local open_until = tonumber(redis.call('HGET', KEYS[1], 'open_until') or '0')
if open_until == 0 then return 0 end
if now < open_until then return open_until - now end
redis.call('HSET', KEYS[1], 'open_until', now + tonumber(ARGV[1]))
return 0
"""
_REPORT = """
local now = tonumber(redis.call('TIME')[1])
if ARGV[1] == 'ok' then redis.call('DEL', KEYS[1]); return 0 end
local count = redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
local was_open = redis.call('HEXISTS', KEYS[1], 'open_until') == 1
redis.call('EXPIRE', KEYS[1], tonumber(ARGV[6]))
if count < tonumber(ARGV[2]) and not was_open then return 0 end
local level = redis.call('HINCRBY', KEYS[1], 'level', 1)
local wait = math.min(tonumber(ARGV[3]) * 2 ^ (level - 1), tonumber(ARGV[4])) * tonumber(ARGV[5])
redis.call('HSET', KEYS[1], 'open_until', math.ceil(now + wait))
return math.ceil(wait)
"""
PROBE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class CircuitState:
    """How a host's breaker stands, for people."""

    host: str
    blocks: int
    failures: int
    open_until: int  # seconds since 1970; 0 = closed


def seconds_to_wait(host: str) -> float:
    """Seconds until the host may be asked again; 0.0 if it may be now."""
    return float(shared_redis().eval(_ASK, 1, _key(host), PROBE_SECONDS))


def report(host: str, outcome: str) -> float:
    """Tell how an exchange went: "ok", "block" or "failure". Returns the cool-down it caused, in seconds."""
    limit = BLOCKS_TO_OPEN if outcome == "block" else FAILURES_TO_OPEN
    jitter = random.uniform(0.8, 1.2)  # so that fleets do not come back in step
    wait = shared_redis().eval(
        _REPORT, 1, _key(host), outcome, limit, FIRST_COOL_DOWN, LONGEST_COOL_DOWN, jitter, FORGET_AFTER
    )
    return float(wait)


def hold(host: str, seconds: float) -> None:
    """Leave the host alone for as long as it asks (an hour at most), whatever the counts say."""
    until = int(time.time() + min(seconds, LONGEST_COOL_DOWN))
    shared_redis().hset(_key(host), "open_until", str(until))
    shared_redis().expire(_key(host), FORGET_AFTER)


def state(host: str) -> CircuitState:
    """How the breaker of a host stands."""
    raw: dict[bytes, bytes] = shared_redis().hgetall(_key(host))  # type: ignore[assignment]
    read = {key.decode(): int(float(value)) for key, value in raw.items()}
    return CircuitState(host, read.get("block", 0), read.get("failure", 0), read.get("open_until", 0))


def _key(host: str) -> str:
    return f"breaker:{host}"
