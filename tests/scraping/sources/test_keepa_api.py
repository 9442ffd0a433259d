"""Keepa is asked within its budget of tokens, and what it says becomes history once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from scraping.amazon.marketplaces import MARKETPLACES
from scraping.models import PriceSpell, Product
from scraping.services.shops import marketplace_shop
from scraping.sources.base import SourceFailed
from scraping.sources.keepa_api import KeepaApi
from tests.factories import ProductFactory
from tests.scraping.sources.answering import Answering, SentRequest, answering
from tests.scraping.sources.keepa_answers import ASIN, TITLE, product

SPAIN = MARKETPLACES["es"]
KEY = "secret-key-of-the-operator"


@dataclass
class Keepa:
    """A stand-in with a purse of tokens; time passes only by `sleep`."""

    tokens: int = 10
    per_minute: int = 5
    refuse: tuple[int, Any] | None = None
    slept: list[float] = field(default_factory=list)
    server: Answering = field(default_factory=Answering)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.tokens += self.per_minute

    def answer(self, requested: SentRequest) -> tuple[int, Any]:
        budget = {"refillIn": 30_000, "refillRate": self.per_minute}
        if self.refuse and requested.path == "/product":
            return self.refuse
        if requested.path == "/token":
            return 200, {"tokensLeft": self.tokens, **budget}
        asins = requested.query["asin"].split(",")
        if self.tokens <= 0:
            return 429, {"tokensLeft": self.tokens, **budget, "error": {"type": "NOT_ENOUGH_TOKEN"}}
        self.tokens -= len(asins)
        products = [product([0, 3995, 90, 4150], asin=asin) for asin in asins if asin != "B0UNKNOWN1"]
        return 200, {"tokensLeft": self.tokens, **budget, "products": products}


@pytest.fixture
def keepa(settings: Any) -> Iterator[Keepa]:
    stand_in = Keepa()
    with answering(stand_in.answer) as server:
        stand_in.server = server
        settings.OILWATCH_KEEPA_URL = server.url
        settings.OILWATCH_KEEPA_KEY = KEY
        yield stand_in


def asins(count: int) -> list[str]:
    return [f"B0TEST{number:04d}" for number in range(count)]


def test_it_works(keepa: Keepa) -> None:
    (history,) = KeepaApi().histories([ASIN], SPAIN)
    assert [step.terms.price for step in history.steps] == [Decimal("39.95"), Decimal("41.50")]
    requested = keepa.server.requests[-1]
    assert (requested.path, requested.query["domain"], requested.query["asin"], requested.query["key"]) == (
        "/product",
        "9",
        ASIN,
        KEY,
    )


def test_the_present_price(keepa: Keepa) -> None:
    offer = KeepaApi().offers([ASIN, "B0UNKNOWN1"], SPAIN)
    assert set(offer) == {ASIN}
    result = offer[ASIN]
    assert (result.title, result.price, result.currency, result.seller_kind.value) == (
        *(TITLE, Decimal("41.5"), "EUR"),
        "amazon",
    )


def test_no_more_is_asked_at_once_than_there_are_tokens(keepa: Keepa) -> None:
    keepa.tokens = 3
    assert len(KeepaApi(sleep=keepa.sleep).histories(asins(10), SPAIN)) == 10
    sizes = [len(each.query["asin"].split(",")) for each in keepa.server.requests if each.path == "/product"]
    assert sizes[0] == 3
    assert sum(sizes) == 10
    assert keepa.slept[0] == 30.0  # until the next tokens
    assert keepa.tokens >= 0


def test_an_empty_purse_waits_as_long_as_it_takes_to_fill(keepa: Keepa) -> None:
    keepa.tokens, keepa.per_minute, api = -11, 0, KeepaApi(sleep=keepa.sleep)
    with pytest.raises(SourceFailed, match="tokens do not suffice: -"):
        api.histories([ASIN], SPAIN)
    assert keepa.slept[0] == 30.0 + 60 * 11


def test_another_spender_of_the_same_key_makes_us_wait(keepa: Keepa) -> None:
    keepa.refuse = (429, {"tokensLeft": 0, "refillIn": 12_000, "refillRate": 5})

    def sleep(seconds: float) -> None:
        keepa.slept.append(seconds)
        keepa.refuse = None

    assert KeepaApi(sleep=sleep).histories([ASIN], SPAIN)
    assert keepa.slept == [12.0]


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        ((402, {"error": {"message": "the subscription ended"}}), "the subscription ended"),
        ((402, {}), "unknown or unpaid"),
        ((500, b"<html>"), r"refused \(500\)"),
        ((200, {"products": [{"asin": ASIN, "domainId": 9, "csv": [["x"]]}]}), "a form that is not known"),
    ],
)
def test_a_refusal_is_said_without_the_key(keepa: Keepa, refusal: tuple[int, Any], text: str) -> None:
    keepa.refuse = refusal
    with pytest.raises(SourceFailed, match=text) as failed:
        KeepaApi().histories([ASIN], SPAIN)
    assert KEY not in str(failed.value)


def test_silence_is_said_without_the_key(settings: Any) -> None:
    settings.OILWATCH_KEEPA_KEY, settings.OILWATCH_KEEPA_URL = KEY, "http://127.0.0.1:1"
    with pytest.raises(SourceFailed, match=r"127\.0\.0\.1:1 did not answer") as failed:
        KeepaApi().histories([ASIN], SPAIN)
    assert KEY not in str(failed.value)
    assert failed.value.__cause__ is None


def test_where_keepa_does_not_go(keepa: Keepa) -> None:
    with pytest.raises(SourceFailed, match=r"does not watch amazon\.pl"):
        KeepaApi().histories([ASIN], MARKETPLACES["pl"])


@pytest.mark.django_db
def test_the_command_fills_the_past_once(keepa: Keepa, capsys: pytest.CaptureFixture[str]) -> None:
    watched = Product.objects.create(shop=marketplace_shop(SPAIN), sku=ASIN)
    ProductFactory()  # the demo shop's are not asked for
    call_command("backfill", "--all")
    call_command("backfill", "--product", str(watched.pk))
    text = capsys.readouterr().out.splitlines()
    assert text[0].startswith("1 of 1 listings are known to keepa: 2 prices, 2 price spells written, 0 replaced.")
    assert text[1].endswith("Nothing changed.")
    assert PriceSpell.objects.filter(product=watched).count() == 2


@pytest.mark.django_db
def test_without_a_key_it_says_what_to_set(settings: Any) -> None:
    with pytest.raises(CommandError, match="set OILWATCH_KEEPA_KEY"):
        call_command("backfill", "--all")


@pytest.mark.django_db
def test_other_clear_errors(keepa: Keepa) -> None:
    with pytest.raises(CommandError, match="watched yet"):
        call_command("backfill", "--all")
    with pytest.raises(CommandError, match=r"No product at Amazon has the id \d+"):
        call_command("backfill", "--product", str(ProductFactory().pk))
    keepa.refuse = (402, {})
    Product.objects.create(shop=marketplace_shop(SPAIN), sku=ASIN)
    with pytest.raises(CommandError, match="0 listings were filled before"):
        call_command("backfill", "--all")
