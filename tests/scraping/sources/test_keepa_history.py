"""A Keepa product object says at each moment what a shopper was offered."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from scraping.amazon.marketplaces import MARKETPLACES
from scraping.sources.keepa_history import NotKeepa, domain_of, read_product, seconds_of
from tests.scraping.sources.keepa_answers import ASIN, TITLE, day, product


def steps_of(*args: Any, **kinds: Any) -> list[tuple[int, str, Decimal | None]]:
    history = read_product(product(*args, **kinds))
    return [
        ((step.second - seconds_of(day(0))) // 86_400, step.terms.state, step.terms.price) for step in history.steps
    ]


def test_it_works() -> None:
    history = read_product(product([0, 3995, 10, -1, 20, 4150], until=25))
    assert (history.asin, history.marketplace.code, history.title, history.brand) == (ASIN, "es", TITLE, "Valdeluz")
    assert [(step.terms.state, step.terms.price) for step in history.steps] == [
        ("in_stock", Decimal("39.95")),
        ("unavailable", None),
        ("in_stock", Decimal("41.50")),
    ]
    assert history.steps[0].second == datetime(2026, 1, 1, 9, 30, tzinfo=UTC).timestamp()
    assert history.until == seconds_of(day(25))


def test_the_documented_moment() -> None:
    assert seconds_of(411_180) == 1_318_510_800  # the example of Keepa's Product.java


@pytest.mark.parametrize(("domain", "code", "currency"), [(9, "es", "EUR"), (2, "co.uk", "GBP"), (1, "com", "USD")])
def test_marketplaces(domain: int, code: str, currency: str) -> None:
    market = read_product(product([0, 100], domain=domain)).marketplace
    assert (market.code, market.currency, domain_of(MARKETPLACES[code])) == (code, currency, domain)


def test_yen_have_no_cents() -> None:
    assert read_product(product([0, 4900], domain=5)).steps[0].terms.price == 4900


def test_where_amazon_does_not_sell_the_lowest_new_offer_is_the_price() -> None:
    assert steps_of([0, 4000, 5, -1], new=[0, 3900, 7, 4100]) == [
        (0, "in_stock", Decimal(40)),
        (5, "in_stock", Decimal(39)),
        (7, "in_stock", Decimal(41)),
    ]
    sellers = [step.terms.seller_kind for step in read_product(product([0, 4000, 5, -1], new=[0, 3900])).steps]
    assert sellers == ["shop", "third_party"]


def test_the_buy_box_goes_before_the_lowest_new_offer() -> None:
    assert steps_of([0, -1], new=[0, 3900], buy_box=[0, 4200, 399, 3, -1, -1]) == [
        (0, "in_stock", Decimal(42)),
        (3, "no_featured_offer", None),
    ]


def test_only_used_ones() -> None:
    assert steps_of([0, -1], new=[0, -1], used=[0, 1500]) == [(0, "used_only", None)]


def test_a_list_price_is_kept_where_it_is_higher() -> None:
    steps = read_product(product([0, 4000, 4, 4500], listed=[-9, 4400])).steps
    assert [step.terms.list_price for step in steps] == [Decimal(44), None]


def test_a_listing_without_prices_has_no_steps() -> None:
    assert read_product(product(None)).steps == ()
    assert read_product({**product(None), "csv": None, "lastUpdate": 0}).steps == ()


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"asin": "x"}, "no ASIN"),
        ({"domainId": 7}, "no marketplace"),
        ({"domainId": None}, "no marketplace"),
        ({"csv": [[1, 2, 3]]}, "pairs"),
        ({"csv": [[1, "2"]]}, "integers"),
    ],
)
def test_what_is_no_product(change: dict[str, Any], text: str) -> None:
    with pytest.raises(NotKeepa, match=text):
        read_product({**product([0, 100]), **change})
