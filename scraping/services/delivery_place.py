"""See to it that a shop's prices are for its place: by its own dialogue, once in twelve hours for all workers."""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from scraping.client.errors import FetchFailed, NotNow
from scraping.client.place_dialogue import set_place
from scraping.client.robots import check_robots
from scraping.client.waiting import WITHOUT_REDIS
from scraping.models import Shop
from scraping.services.page_source import PageSource

LASTS = 12 * 3600  # seconds; Amazon's session cookies last longer
TRY_AGAIN = 3600  # seconds after a refusal


def with_delivery_place(*, source: PageSource, shop: Shop, before: Callable[[], object] = lambda: None) -> PageSource:
    """The source with the cookies of the shop's place, or with a note why the place is not set.

    Who calls has taken a turn at the host for the page, which covers the dialogue's three small requests, or takes one
    in `before`. NotNow where Redis, which keeps the cookies, does not answer.
    """
    if not shop.delivery_place:
        return source
    key = f"place:{source.host}:{shop.delivery_place}".replace(" ", "_")
    try:
        known: dict[str, dict[str, str]] | None = cache.get(key)
        if known is None:
            before()
            known = _ask_the_shop(source, shop)
            cache.set(key, known, LASTS if "cookies" in known else TRY_AGAIN)
    except RedisError as error:
        raise NotNow(WITHOUT_REDIS, f"the cookies of the place are not known without Redis: {error}") from error
    if "cookies" not in known:
        return replace(source, place_note=known["failed"]["why"])
    policy = replace(source.policy, cookies={**source.policy.cookies, **known["cookies"]})
    return replace(source, policy=policy)


def _ask_the_shop(source: PageSource, shop: Shop) -> dict[str, dict[str, str]]:
    def before(url: str) -> None:
        if settings.OILWATCH_OBEY_ROBOTS:
            check_robots(url, source.policy)

    try:
        return {"cookies": set_place(source.base, shop.delivery_place, source.policy, before=before)}
    except FetchFailed as error:
        return {"failed": {"why": f"the shop's dialogue did not set the place {shop.delivery_place}: {error}"}}
