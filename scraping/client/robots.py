"""robots.txt, asked once a day per host under our own name."""

from urllib.parse import urlsplit

from django.core.cache import cache
from protego import Protego
from redis.exceptions import RedisError

from scraping.client.errors import AddressForbidden, FetchFailed, NotNow
from scraping.client.fetch import fetch
from scraping.client.policy import Policy
from scraping.client.waiting import WITHOUT_REDIS

DAY = 86_400
SOON = 600
SERVER_ERROR = 500
OK = 200


def check_robots(url: str, policy: Policy) -> float | None:
    """The crawl delay that robots.txt asks for, in seconds.

    Raises AddressForbidden where robots.txt disallows the address, and NotNow without Redis, where robots.txt is
    cached: a host must not be asked for it again at every page.
    """
    try:
        rules = Protego.parse(_text(url, policy))
    except RedisError as error:
        raise NotNow(WITHOUT_REDIS, f"robots.txt is not known without Redis: {error}") from error
    if not rules.can_fetch(url, policy.robot_name):
        raise AddressForbidden("robots.txt of the shop disallows this address for us")
    delay = rules.crawl_delay(policy.robot_name)
    return float(delay) if delay is not None else None


def _text(url: str, policy: Policy) -> str:
    parts = urlsplit(url)
    key = f"robots:{parts.scheme}://{parts.netloc}"
    cached: str | None = cache.get(key)
    if cached is not None:
        return cached
    try:
        answer = fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", policy)
    except FetchFailed as error:
        raise FetchFailed(f"robots.txt could not be read: {error}") from error
    if answer.status >= SERVER_ERROR:  # RFC 9309 2.3.1.4: unreachable means disallowed
        text, keep = "User-agent: *\nDisallow: /\n", SOON
    else:
        text, keep = (answer.body.decode("utf-8", "replace") if answer.status == OK else ""), DAY
    cache.set(key, text, keep)
    return text
