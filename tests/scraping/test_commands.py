"""The commands people script: watch, scrape, export_prices, demo."""

import csv
import gzip
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from scraping.demo.server import DemoShopServer
from scraping.models import PriceSpell, Product, ScrapeRun, Shop
from scraping.services.shops import demo_shop
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db


def test_watch_takes_addresses_and_asins(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("watch", "https://www.amazon.de/dp/B07YY2YVK5?tag=x", "B07YY2YVK5")
    assert list(Product.objects.order_by("shop__name").values_list("shop__name", "sku")) == [
        ("amazon.de", "B07YY2YVK5"),
        ("amazon.es", "B07YY2YVK5"),
    ]
    text = capsys.readouterr()
    assert text.out.count("Watching") == 2
    assert "OILWATCH_SCRAPE_AMAZON" in text.err


def test_one_wrong_address_watches_none() -> None:
    with pytest.raises(CommandError, match=r"shop\.example"):
        call_command("watch", "B07YY2YVK5", "https://shop.example/dp/B07YY2YVK5")
    assert not Product.objects.exists()
    assert not Shop.objects.exists()


def test_scrape_waits_for_its_own_looks(demo_server: DemoShopServer, capsys: pytest.CaptureFixture[str]) -> None:
    shop = ShopFactory(name="demo")
    for number in (3, 4):
        ProductFactory(shop=shop, sku=f"B0DEM{number:05d}", title="", litres=None, grade="other")
    call_command("scrape", "--all", "--wait")
    assert "2 checks started, 2 done (2 ok)" in capsys.readouterr().out
    assert PriceSpell.objects.count() == 2


def test_nothing_to_scrape_is_said() -> None:
    with pytest.raises(CommandError, match="Nothing is watched"):
        call_command("scrape")
    with pytest.raises(CommandError, match="No product with a page has the id 77"):
        call_command("scrape", "--product", "77")
    assert not ScrapeRun.objects.exists()


def test_what_is_exported_can_be_imported_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    product = ProductFactory(shop=ShopFactory(name="lidl", imported=True), sku="lidl|oil", title="=HYPERLINK(1)")
    for number, price in enumerate(("5.5", "6", "5.5")):
        begin = datetime(2026, 1, 1 + 3 * number, 12, tzinfo=UTC)
        end = begin + timedelta(days=2)
        SpellFactory(product=product, price=Decimal(price), first_seen=begin, last_seen=end, pauses=[86_400] * 2)
    spells = list(PriceSpell.objects.values_list("price", "first_seen", "last_seen", "pauses"))
    path = tmp_path / "out.csv.gz"
    call_command("export_prices", path)
    assert f"9 rows, products: 1. Written to {path}." in capsys.readouterr().out
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 9
    assert rows[0]["title"] == "'=HYPERLINK(1)"  # no spreadsheet runs it
    Product.objects.update(latest_spell=None)
    Shop.objects.all().delete()
    call_command("import_prices", path)
    assert list(PriceSpell.objects.values_list("price", "first_seen", "last_seen", "pauses")) == spells


def test_exporting_an_unknown_shop_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("export_prices", tmp_path / "x.csv", "--shop", "nowhere")


def test_the_demo_command_says_when_its_shop_is_closed(settings: Any, monkeypatch: Any) -> None:
    settings.OILWATCH_DEMO_SHOP_URL = "http://127.0.0.1:9"
    monkeypatch.setattr("scraping.services.seed_demo.LONGEST_WAIT", 0.1)
    with pytest.raises(CommandError, match=r"manage\.py demo_shop"):
        call_command("demo", "--seed")
    assert not Shop.objects.exists()


def test_a_port_that_is_none_is_refused_with_a_reason() -> None:
    with pytest.raises(CommandError, match="from 0 to 65535"):
        call_command("demo_shop", port=99_999)


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere/prices\.csv cannot be written"):
        call_command("export_prices", str(tmp_path / "nowhere" / "prices.csv"))


def test_an_address_of_the_demo_shop_is_watched_too(settings: Any, capsys: Any) -> None:
    """As on the page that adds products: so that the command and the API can be tried without Amazon."""
    product = ProductFactory(shop=demo_shop(), watched=False)
    call_command("watch", f"{settings.OILWATCH_DEMO_SHOP_URL}/dp/{product.sku}")
    product.refresh_from_db()
    assert product.watched
    assert f"Watching {product.sku} at demo" in capsys.readouterr().out
