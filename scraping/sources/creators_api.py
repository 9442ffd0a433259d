"""Amazon's Creators API: the present offer of listings, for those who take part in Amazon's partner programme.

OAuth2 client credentials (Login with Amazon, credentials of version 3) buy a token for an hour; then
POST /catalog/v1/getItems {"itemIds": [at most 10], "itemIdType": "ASIN", "marketplace": "www.amazon.es",
"partnerTag": "...", "resources": [...]} answers {"itemsResult": {"items": [...]}}.
Amazon's terms allow prices to be stored for 24 hours: they are cached for 23 and never written into the history.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache

from scraping.amazon.marketplaces import Marketplace
from scraping.offer import Offer
from scraping.sources.base import SourceFailed
from scraping.sources.creators_answer import read_item
from scraping.sources.exchange import JsonAnswer, exchange

CACHED_SECONDS = 23 * 3600
MOST_AT_ONCE = 10
OK = 200
EARLY = 60.0  # seconds before its end a token is not used any more
RESOURCES = [
    "itemInfo.title",
    "itemInfo.byLineInfo",
    "images.primary.large",
    "offersV2.listings.price",
    "offersV2.listings.availability",
    "offersV2.listings.condition",
    "offersV2.listings.isBuyBoxWinner",
    "offersV2.listings.merchantInfo",
]


class CreatorsApi:
    """The API with the operator's credentials."""

    name = "creators"

    def __init__(self) -> None:
        """No token yet."""
        self._token, self._good_until = "", 0.0

    def why_off(self) -> str | None:
        """It needs credentials and the partner tag they belong to."""
        missing = [name for name in ("ID", "SECRET", "TAG") if not getattr(settings, f"OILWATCH_CREATORS_{name}")]
        if not missing:
            return None
        names = ", ".join(f"OILWATCH_CREATORS_{name}" for name in missing)
        return f"Amazon's Creators API is off: set {names} (affiliate-program.amazon.com/creatorsapi)."

    def offers(self, asins: Sequence[str], marketplace: Marketplace) -> Mapping[str, Offer]:
        """The present offers, at most a day old; a listing the API does not know is left out."""
        wanted = list(dict.fromkeys(asins))
        keys = {asin: f"creators:{marketplace.code}:{asin}" for asin in wanted}
        cached: dict[str, Any] = cache.get_many(keys.values())
        items = {asin: cached[key] for asin, key in keys.items() if key in cached}
        missing = [asin for asin in wanted if asin not in items]
        for at in range(0, len(missing), MOST_AT_ONCE):
            fresh = self._items(missing[at : at + MOST_AT_ONCE], marketplace)
            cache.set_many({keys[asin]: item for asin, item in fresh.items()}, CACHED_SECONDS)
            items |= fresh
        return {asin: read_item(item) for asin, item in items.items()}

    def _items(self, asins: list[str], marketplace: Marketplace) -> dict[str, dict[str, Any]]:
        answer = exchange(
            f"{settings.OILWATCH_CREATORS_URL}/catalog/v1/getItems",
            body={
                "itemIds": asins,
                "itemIdType": "ASIN",
                "marketplace": marketplace.host,
                "partnerTag": settings.OILWATCH_CREATORS_TAG,
                "resources": RESOURCES,
            },
            headers={"Authorization": f"Bearer {self._access()}", "x-marketplace": marketplace.host},
        )
        _refuse_unless_ok(answer)
        items = (answer.data.get("itemsResult") or {}).get("items") or []
        return {item["asin"]: item for item in items if isinstance(item, dict) and item.get("asin") in asins}

    def _access(self) -> str:
        if time.time() < self._good_until:
            return self._token
        answer = exchange(
            settings.OILWATCH_CREATORS_TOKEN_URL,
            body={
                "grant_type": "client_credentials",
                "client_id": settings.OILWATCH_CREATORS_ID,
                "client_secret": settings.OILWATCH_CREATORS_SECRET,
                "scope": "creatorsapi::default",
            },
        )
        _refuse_unless_ok(answer)
        self._token = str(answer.data.get("access_token") or "")
        self._good_until = time.time() + float(answer.data.get("expires_in") or 0) - EARLY
        if not self._token:
            raise SourceFailed("The Creators API gave no token.")
        return self._token


def _refuse_unless_ok(answer: JsonAnswer) -> None:
    if answer.status == OK:
        return
    messages = [answer.data.get(name) for name in ("message", "error_description", "error", "reason")]
    why = next((str(word) for word in messages if isinstance(word, str) and word), "no reason given")
    raise SourceFailed(f"The Creators API refused ({answer.status}): {why}")
