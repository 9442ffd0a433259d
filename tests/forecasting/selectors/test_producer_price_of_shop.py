"""Which producer price a shop's shelves are held against."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from forecasting.selectors.producer_prices import producer_price_of
from scraping.models import Shop
from scraping.services.import_prices import import_prices
from tests.factories import ShopFactory

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 1)


@pytest.fixture
def quotations(tmp_path: Path) -> None:
    path = tmp_path / "origin.csv"
    rows = [
        f"infaoliva|{kind},2026-01-{day:02},{price},EUR"
        for kind, price in (("extra", 4), ("lampante", 3))
        for day in (1, 8, 15)
    ]
    path.write_text("\n".join(["series_id,date,price,currency", *rows, "infaoliva|extra,2026-01-22,4.4,EUR"]))
    import_prices(path=path)


def test_it_works(quotations: None) -> None:
    shop = ShopFactory(currency="EUR")
    assert producer_price_of(shop, until=UNTIL) is None  # nobody said that these series tell the market
    call_command("market_series", "--add", "infaoliva")
    origin = producer_price_of(shop, until=UNTIL)
    assert origin is not None
    assert (origin.start, origin.end) == (date(2026, 1, 1), date(2026, 1, 22))
    assert origin.prices[-1] / origin.prices[0] == pytest.approx(1.1)
    before = producer_price_of(shop, until=date(2026, 1, 16))
    assert before is not None
    assert before.prices[-1] == before.prices[0]


def test_other_money_and_its_own_shop_have_none(quotations: None) -> None:
    call_command("market_series", "--add", "infaoliva")
    assert producer_price_of(ShopFactory(currency="GBP"), until=UNTIL) is None
    assert producer_price_of(Shop.objects.get(name="infaoliva"), until=UNTIL) is None
    assert producer_price_of(ShopFactory(currency="EUR"), until=date(2025, 1, 1)) is None
