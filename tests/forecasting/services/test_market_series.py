"""producer prices: who says so, and what charts get of them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from forecasting import tasks
from forecasting.market.eu_olive_oil import read_eu_prices
from forecasting.models import MarketRole, MarketSeries
from forecasting.selectors.producer_prices import producer_prices
from forecasting.services import eu_prices
from scraping.client.errors import FetchFailed
from scraping.models import PriceSpell, Product
from scraping.services.import_prices import import_prices
from tests.factories import ProductFactory
from tests.forecasting.market.answers import answer, row

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def infaoliva(tmp_path: Path) -> None:
    path = tmp_path / "origin.csv"
    days = [
        f"infaoliva|{kind},2026-01-{day:02},{price},EUR"
        for kind, price in (("extra", 4.2), ("lampante", 3.1))
        for day in (1, 2, 3)
    ]
    path.write_text("\n".join(["series_id,date,price,currency", *days]))
    import_prices(path=path)


def test_an_origin_is_added_listed_charted_and_removed(infaoliva: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("market_series", "--add", "infaoliva", "--role", "origin")
    call_command("market_series", "--add", "infaoliva|extra")
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "origin: infaoliva|extra, EUR/kg",
        "origin: infaoliva|lampante, EUR/kg",
    ]
    extra, lampante = producer_prices(date(2026, 1, 2), date(2026, 6, 1))
    assert (extra.name, extra.currency, extra.unit) == ("infaoliva|extra", "EUR", "kg")
    assert extra.days == (date(2026, 1, 2), date(2026, 1, 3))
    assert lampante.prices == (3.1, 3.1)
    assert producer_prices(date(2025, 1, 1), date(2025, 6, 1)) == []
    call_command("market_series", "--remove", "infaoliva")
    assert not MarketSeries.objects.exists()
    assert PriceSpell.objects.exists()


def test_what_is_not_imported_cannot_tell_the_market(infaoliva: None) -> None:
    retail = ProductFactory()
    with pytest.raises(CommandError, match="Origins: infaoliva"):
        call_command("market_series", "--add", retail.sku)
    with pytest.raises(CommandError, match="No market series"):
        call_command("market_series", "--remove", "nothing")


def test_the_database_refuses_unknown_roles(infaoliva: None) -> None:
    product = Product.objects.first()
    with pytest.raises(IntegrityError, match="a_market_series_role_is_known"), transaction.atomic():
        MarketSeries.objects.create(name="x", product=product, role="rumour")  # type: ignore[misc]


@pytest.fixture
def portal(settings: Any, monkeypatch: Any, time_machine: Any) -> list[dict[str, Any]]:
    """The portal switched on, giving three weeks of two series, one week still to end."""
    settings.OILWATCH_EU_PRICES = True
    time_machine.move_to(NOW, tick=False)
    requested: list[dict[str, Any]] = []
    rows = [
        row(product=product, endDate=f"{date(2026, 9, 13) + timedelta(weeks=week):%d/%m/%Y}", price=f"€{410 + week}.00")
        for product in ("Extra virgin olive oil (up to 0.8%)", "Lampante olive oil (2%)")
        for week in range(4)
    ]

    def ask(_url: str, _policy: Any, **dates: date) -> Any:
        requested.append(dates)
        return read_eu_prices(answer(*rows))

    monkeypatch.setattr(eu_prices, "ask_eu_portal", ask)
    return requested


def test_the_portals_prices_become_series_once(portal: list[dict[str, Any]]) -> None:
    assert tasks.fetch_origin() == 6  # a week that has not ended is not known yet
    names = [series.name for series in MarketSeries.objects.filter(role=MarketRole.ORIGIN)]
    assert names == [
        "eu-market|ES|Extra virgin olive oil (up to 0.8%)|Jaén (ES616)",
        "eu-market|ES|Lampante olive oil (2%)|Jaén (ES616)",
    ]
    extra = producer_prices(date(2026, 9, 1), NOW.date())[0]
    assert (extra.days[0], extra.prices[0]) == (date(2026, 9, 13), 4.1)
    assert extra.days[-1] <= date(2026, 9, 27)
    spells = list(PriceSpell.objects.values_list("pk", flat=True))
    assert tasks.fetch_origin() == 6
    assert list(PriceSpell.objects.values_list("pk", flat=True)) == spells
    assert portal[1]["first"] > portal[0]["first"]
    # bulk oil per kilogram is no litre on a shelf
    assert not Product.objects.filter(litres__isnull=False).exists()


def test_it_is_off_until_switched_on(settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(eu_prices, "ask_eu_portal", lambda *_args, **_dates: pytest.fail("asked"))
    assert settings.OILWATCH_EU_PRICES is False
    assert tasks.fetch_origin() == 0
    with pytest.raises(CommandError, match="OILWATCH_EU_PRICES=true"):
        call_command("market_series", "--fetch")


def test_a_failure_stores_nothing_and_waits_a_week(settings: Any, monkeypatch: Any) -> None:
    def fail(*_args: Any, **_dates: Any) -> Any:
        raise FetchFailed("no answer")

    settings.OILWATCH_EU_PRICES = True
    monkeypatch.setattr(eu_prices, "ask_eu_portal", fail)
    assert tasks.fetch_origin() == 0
    with pytest.raises(CommandError, match="no answer"):
        call_command("market_series", "--fetch")
    assert not Product.objects.exists()


def test_an_empty_list_says_what_to_do(capsys: Any) -> None:
    call_command("market_series")
    assert "No series tells the market yet: import prices and name them with --add" in capsys.readouterr().out
