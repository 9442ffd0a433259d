"""Keepa's files become spells around our own, once."""

import gzip
import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from scraping.amazon.marketplaces import MARKETPLACES
from scraping.errors import BadFile
from scraping.models import PriceSpell, Product, Shop
from scraping.services.import_prices import import_prices
from scraping.services.record_offer import record_offer
from scraping.services.shops import marketplace_shop
from scraping.spells import Terms
from tests.scraping.sources.keepa_answers import ASIN, BEGIN, TITLE, product

pytestmark = pytest.mark.django_db
HEADER = "Locale,ASIN,Title,Amazon: Current,New: Current,Buy Box 🚚: Current,List Price: Current,Last Price Change\n"


def write(folder: Path, content: Any, name: str = "keepa.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def spells() -> list[tuple[Any, ...]]:
    fields = ("pk", "state", "price", "list_price", "coupon", "first_seen", "last_seen", "observations")
    return list(PriceSpell.objects.order_by("product_id", "first_seen").values_list(*fields))


def test_it_works(tmp_path: Path) -> None:
    report = import_prices(path=write(tmp_path, product([0, 3995, 90, -1, 95, 4150], until=100)))
    assert (report.rows, report.series, report.new_products, report.spells_written) == (3, 1, 1, 3)
    made = Product.objects.get()
    assert (made.shop.name, made.sku, made.title, made.watched) == ("amazon.es", ASIN, TITLE, False)
    assert (made.grade, made.litres, made.brand) == ("extra_virgin", Decimal(5), "Valdeluz")
    assert made.latest_spell is not None
    assert made.latest_spell.price_per_litre == Decimal("8.3")
    first = PriceSpell.objects.order_by("first_seen").first()
    assert first is not None
    assert made.shop.max_gap == timedelta(days=2)
    assert (first.first_seen, first.last_seen) == (BEGIN, BEGIN + timedelta(days=90, minutes=-1))


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, {"products": [product([0, 3995, 9, 4150]), product([0, 100], asin="B0OLIVE002")]})
    import_prices(path=path)
    before = spells()
    assert not import_prices(path=path).changed
    assert spells() == before


def test_a_newer_file_goes_on_where_the_older_ended(tmp_path: Path) -> None:
    newer = write(tmp_path, product([0, 3995, 30, 4150], until=40), "newer.json")
    import_prices(path=write(tmp_path, product([0, 3995], until=20), "older.json"))
    import_prices(path=newer)
    in_two = [row[1:-1] for row in spells()]
    Shop.objects.all().delete()
    import_prices(path=newer)
    assert [row[1:-1] for row in spells()] == in_two
    assert len(in_two) == 2


def test_our_own_looks_stand(tmp_path: Path) -> None:
    own = Product.objects.create(shop=marketplace_shop(MARKETPLACES["es"]), sku=ASIN)
    seen = Terms("in_stock", Decimal("39.9500"), Decimal("44.0000"), seller_kind="shop", coupon="5 %")
    for hours in range(0, 49, 6):
        record_offer(product_id=own.pk, at=BEGIN + timedelta(days=10, hours=hours), terms=seen)
    # Keepa knows no coupon, and notices a change two days before we saw anything of it.
    import_prices(path=write(tmp_path, product([0, 3800, 8, 3995, 11, 4150, 13, 4300], until=14)))
    assert [(row[2], row[4]) for row in spells()] == [
        (Decimal(38), ""),
        (Decimal("39.95"), ""),
        (Decimal("39.95"), "5 %"),
        (Decimal("41.5"), ""),
        (Decimal(43), ""),
    ]
    own.refresh_from_db()
    assert (own.title, own.litres) == (TITLE, Decimal(5))
    assert not import_prices(path=tmp_path / "keepa.json").changed


def test_marketplaces_are_kept_apart(tmp_path: Path) -> None:
    import_prices(path=write(tmp_path, [product([0, 3995]), product([0, 3495], domain=2)]))
    assert {(row.shop.name, row.shop.currency) for row in Product.objects.all()} == {
        ("amazon.es", "EUR"),
        ("amazon.co.uk", "GBP"),
    }


def test_a_list_of_products_as_csv(tmp_path: Path) -> None:
    rows = [
        f'es,{ASIN},"{TITLE}","39,95 €",41.20,-,"44,00 €",2026/03/01 10:32',
        'co.uk,B0OLIVE002,"Olive oil 1 l",-,£ 12.50,"1,250.00",,2026/03/01 10:32',
        "it,B0OLIVE003,Olio,-,-,-,-,-",
    ]
    report = import_prices(path=write(tmp_path, HEADER + "\n".join(rows), "KeepaExport.csv"))
    assert (report.series, report.spells_written) == (2, 2)
    prices = PriceSpell.objects.values_list("product__shop__name", "price", "list_price").order_by("price")
    assert list(prices) == [
        ("amazon.es", Decimal("39.95"), Decimal(44)),
        ("amazon.co.uk", Decimal(1250), None),
    ]


def test_a_history_as_csv_and_gzip(tmp_path: Path) -> None:
    text = f"ASIN,Locale,Time,Amazon,New\n{ASIN},es,2026-01-01 10:00,39.95,41\n{ASIN},es,2026-03-01 10:00,-1,41\n"
    path = tmp_path / "history.csv.gz"
    path.write_bytes(gzip.compress(text.encode()))
    assert import_prices(path=path).spells_written == 2
    assert not import_prices(path=path).changed
    assert [row[2] for row in spells()] == [Decimal("39.95"), Decimal(41)]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("x.json", "{", "no readable Keepa file"),
        ("x.json", {"hello": 1}, "no ASIN"),
        ("x.json", [1], "a product object"),
        ("x.json", {"products": [product([0, 1]), product([0, 1], domain=77)]}, "domainId 77"),
        ("x.csv", HEADER + f"es,{ASIN},t,cheap,1,1,1,2026/03/01 10:32", "line 2: price 'cheap'"),
        ("x.csv", HEADER + f"es,{ASIN},t,1,1,1,1,soon", "line 2: 'soon' is no moment"),
        ("x.csv", HEADER + f"es,{ASIN},t,1", "line 2: fewer fields"),
        ("x.csv", HEADER + "es,nothing,t,1,1,1,1,2026/03/01 10:32", "line 2: 'NOTHING' is no ASIN"),
        ("x.csv", HEADER + f"mars,{ASIN},t,1,1,1,1,2026/03/01 10:32", "locale 'mars'"),
    ],
)
def test_a_broken_file_stores_nothing(tmp_path: Path, name: str, content: Any, text: str) -> None:
    with pytest.raises(BadFile, match=text):
        import_prices(path=write(tmp_path, content, name))
    assert not Shop.objects.exists()


def test_a_keepa_file_names_its_shop_itself(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="leave both options out"):
        import_prices(path=write(tmp_path, product([0, 1])), shop_name="mine")


def test_the_command_takes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_prices", write(tmp_path, product([0, 3995, 9, 4150])))
    assert "1 new products, 2 price spells written" in capsys.readouterr().out
