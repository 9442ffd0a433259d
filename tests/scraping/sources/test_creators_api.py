"""Amazon's own API: a token, ten items at once, prices kept for a day at most."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command

from scraping.amazon.marketplaces import MARKETPLACES
from scraping.models import PriceSpell, Product
from scraping.services.shops import marketplace_shop
from scraping.sources import creators_api
from scraping.sources.base import SourceFailed
from scraping.sources.creators_answer import read_item
from scraping.sources.creators_api import CreatorsApi
from tests.scraping.sources.answering import Answering, SentRequest, answering

SPAIN = MARKETPLACES["es"]
ASIN = "B0OLIVE001"


def listing(amount: Any = 39.95, **changes: Any) -> dict[str, Any]:
    return {
        "isBuyBoxWinner": True,
        "condition": {"value": "New"},
        "availability": {"type": "IN_STOCK", "message": "En stock"},
        "merchantInfo": {"id": "A1AT7YVPFBWXBL", "name": "Amazon.es"},
        "price": {
            "money": {"amount": amount, "currency": "EUR", "displayAmount": "39,95 €"},
            "savingBasis": {"money": {"amount": 44.0, "currency": "EUR"}},
        },
        **changes,
    }


def item(*listings: dict[str, Any], asin: str = ASIN) -> dict[str, Any]:
    return {
        "asin": asin,
        "itemInfo": {
            "title": {"displayValue": "Valdeluz Aceite de Oliva Virgen Extra, garrafa 5 L"},
            "byLineInfo": {"brand": {"displayValue": "Valdeluz"}},
        },
        "images": {"primary": {"large": {"url": "https://m.media-amazon.com/images/I/x.jpg"}}},
        "offersV2": {"listings": list(listings)},
    }


def answer(requested: SentRequest) -> tuple[int, Any]:
    if requested.path == "/auth/o2/token":
        if requested.body["client_secret"] != "open sesame":
            return 401, {"error": "invalid_client", "error_description": "Client authentication failed"}
        return 200, {"access_token": "a-token", "token_type": "bearer", "expires_in": 3600}
    if requested.headers.get("authorization") != "Bearer a-token":
        return 401, {"message": "no token"}
    known = [asin for asin in requested.body["itemIds"] if asin != "B0UNKNOWN1"]
    return 200, {"itemsResult": {"items": [item(listing(), asin=asin) for asin in known]}}


@pytest.fixture
def amazon(settings: Any) -> Iterator[Answering]:
    with answering(answer) as server:
        settings.OILWATCH_CREATORS_URL = server.url
        settings.OILWATCH_CREATORS_TOKEN_URL = f"{server.url}/auth/o2/token"
        settings.OILWATCH_CREATORS_ID = "id"
        settings.OILWATCH_CREATORS_SECRET = "open sesame"
        settings.OILWATCH_CREATORS_TAG = "oil-21"
        yield server


def test_it_works(amazon: Answering) -> None:
    offers = CreatorsApi().offers([ASIN, "B0UNKNOWN1"], SPAIN)
    assert set(offers) == {ASIN}
    offer = offers[ASIN]
    assert (offer.state, offer.price, offer.list_price, offer.currency) == ("in_stock", Decimal("39.95"), 44, "EUR")  # type: ignore[comparison-overlap]
    assert (offer.seller_kind, offer.brand, offer.grade) == ("amazon", "Valdeluz", "extra_virgin")
    assert offer.volume is not None
    assert offer.volume.litres == 5
    token, requested = amazon.requests
    assert token.body["grant_type"] == "client_credentials"
    assert token.body["scope"] == "creatorsapi::default"
    assert requested.path == "/catalog/v1/getItems"
    assert requested.headers["x-marketplace"] == requested.body["marketplace"] == "www.amazon.es"
    assert (requested.body["partnerTag"], requested.body["itemIdType"]) == ("oil-21", "ASIN")


def test_ten_at_once_under_one_token(amazon: Answering) -> None:
    CreatorsApi().offers([f"B0TEST{n:04d}" for n in range(25)], SPAIN)
    assert [len(each.body["itemIds"]) for each in amazon.requests[1:]] == [10, 10, 5]
    assert amazon.paths().count("/auth/o2/token") == 1


def test_prices_are_kept_for_less_than_a_day(amazon: Answering) -> None:
    api = CreatorsApi()
    assert api.offers([ASIN], SPAIN) == api.offers([ASIN], SPAIN)
    assert amazon.paths().count("/catalog/v1/getItems") == 1
    assert creators_api.CACHED_SECONDS < 24 * 3600
    cache.delete(f"creators:es:{ASIN}")
    api.offers([ASIN], SPAIN)
    assert amazon.paths().count("/catalog/v1/getItems") == 2


def test_what_is_cached_ends(amazon: Answering) -> None:
    from scraping.client.shared_redis import shared_redis

    CreatorsApi().offers([ASIN], SPAIN)
    (key,) = shared_redis().keys("*creators*")
    assert 0 < shared_redis().ttl(key) <= creators_api.CACHED_SECONDS


def test_an_old_token_is_not_used(amazon: Answering) -> None:
    api = CreatorsApi()
    with time_machine.travel("2026-05-01 12:00", tick=False) as clock:
        api.offers([ASIN], SPAIN)
        clock.shift(3550)
        api.offers(["B0OLIVE002"], SPAIN)
    assert amazon.paths().count("/auth/o2/token") == 2


def test_a_refusal_is_said(amazon: Answering, settings: Any) -> None:
    settings.OILWATCH_CREATORS_SECRET = "wrong"
    with pytest.raises(SourceFailed, match=r"refused \(401\): Client authentication failed") as failed:
        CreatorsApi().offers([ASIN], SPAIN)
    assert "wrong" not in str(failed.value)


@pytest.mark.parametrize(
    ("listings", "state", "price"),
    [
        ([], "unavailable", None),
        ([listing(condition={"value": "Used"})], "used_only", None),
        ([listing(isBuyBoxWinner=False)], "no_featured_offer", None),
        ([listing(availability={"type": "OUT_OF_STOCK"})], "unavailable", None),
        ([listing(availability={"type": "PREORDER"})], "preorder", Decimal("39.95")),
        ([listing("1e400")], "unavailable", None),
        ([listing(0)], "unavailable", None),
        ([listing(None)], "unavailable", None),
        ([listing(isBuyBoxWinner=False, amount=1), listing(41)], "in_stock", Decimal(41)),
    ],
)
def test_states(listings: list[dict[str, Any]], state: str, price: Decimal | None) -> None:
    offer = read_item(item(*listings))
    assert (offer.state, offer.price) == (state, price)


def test_sellers() -> None:
    kinds = [read_item(item(listing(merchantInfo=who))).seller_kind for who in ({"name": "Olivar SL"}, {}, None)]
    assert kinds == ["third_party", "unknown", "unknown"]


def test_an_empty_item_is_no_error() -> None:
    assert read_item({"asin": ASIN}).state == "unavailable"


@pytest.mark.django_db
def test_the_command_shows_and_stores_nothing(amazon: Answering, capsys: pytest.CaptureFixture[str]) -> None:
    Product.objects.create(shop=marketplace_shop(SPAIN), sku=ASIN)
    call_command("offers", "--all")
    assert "39.95 EUR" in capsys.readouterr().out
    assert not PriceSpell.objects.exists()


@pytest.mark.django_db
def test_without_credentials_it_says_what_to_set() -> None:
    with pytest.raises(CommandError, match="set OILWATCH_CREATORS_ID, OILWATCH_CREATORS_SECRET, OILWATCH_CREATORS_TAG"):
        call_command("offers", "--all")
