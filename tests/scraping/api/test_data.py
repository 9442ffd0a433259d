"""GET /api/data/."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from rest_framework.test import APIClient

from scraping.models import Product
from scraping.price_kinds import COLUMNS
from tests.factories import ProductFactory, SpellFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    """5.00 from 1 to 3 January, nothing on the 4th and 5th, 10.00 from the 6th to the 8th."""
    product = ProductFactory(litres=Decimal("0.5"))
    for first, price in ((1, "5"), (6, "10")):
        begin = datetime(2026, 1, first, 12, tzinfo=UTC)
        SpellFactory(product=product, first_seen=begin, last_seen=begin + timedelta(days=2), price=Decimal(price))
    return product


def rows(query: str) -> list[dict]:
    answer = APIClient().get(f"/api/data/?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]  # type: ignore[no-any-return]


def test_by_day_a_gap_is_a_gap(product: Product) -> None:
    days = rows(f"product={product.pk}")
    assert [day["date"][-2:] for day in days] == ["01", "02", "03", "06", "07", "08"]
    assert [float(day["price"]) for day in days] == [5, 5, 5, 10, 10, 10]
    assert float(days[0]["price_per_litre"]) == 10


def test_by_week_and_month(product: Product) -> None:
    weeks = rows(f"product={product.pk}&resolution=week")
    assert [(week["date"], float(week["price"]), week["days"]) for week in weeks] == [
        ("2025-12-29", 5, 3),
        ("2026-01-05", 10, 3),
    ]
    (month,) = rows(f"product={product.pk}&resolution=month")
    assert (float(month["price"]), float(month["low"]), float(month["high"])) == (7.5, 5, 10)


def test_spells_as_they_are_kept(product: Product) -> None:
    spells = rows(f"product={product.pk}&resolution=spell")
    assert [float(spell["price"]) for spell in spells] == [5, 10]
    assert spells[0]["state"] == "in_stock"


@pytest.fixture
def with_kinds(product: Product) -> Product:
    """From 1 to 3 January for 4.00 with Prime; from 6 to 8 for 9.00 with Subscribe & Save and a coupon of 10 %."""
    product.spells.filter(price=5).update(prime_price=4)
    product.spells.filter(price=10).update(subscribe_price=9, coupon="Aplicar cupón del 10 %", coupon_percent=10)
    return product


def test_each_kind_of_price_by_day(with_kinds: Product) -> None:
    first, *_, last = rows(f"product={with_kinds.pk}")
    assert (float(first["prime_price"]), first["subscribe_price"], first["coupon_price"]) == (4, None, None)
    assert (last["prime_price"], float(last["subscribe_price"]), float(last["coupon_price"])) == (None, 9, 9)
    assert (first["list_price"], first["used_price"], first["days"]) == (None, None, 1)


def test_each_kind_of_price_is_the_mean_of_the_days_it_was_seen_on(with_kinds: Product) -> None:
    (month,) = rows(f"product={with_kinds.pk}&resolution=month")
    assert (float(month["price"]), float(month["prime_price"]), float(month["coupon_price"])) == (7.5, 4, 9)
    assert (month["list_price"], month["used_price"]) == (None, None)
    weeks = rows(f"product={with_kinds.pk}&resolution=week")
    assert [week["prime_price"] and float(week["prime_price"]) for week in weeks] == [4, None]


def test_spells_have_every_kind_of_price_and_the_offers_terms(with_kinds: Product) -> None:
    spell = rows(f"product={with_kinds.pk}&resolution=spell")[-1]
    assert (float(spell["coupon_price"]), spell["coupon"], spell["condition"]) == (9, "Aplicar cupón del 10 %", "new")
    assert {*COLUMNS, "regular_price", "shipping", "seller", "seller_kind"} <= set(spell)


def test_a_grade_has_no_kinds_of_price(with_kinds: Product) -> None:
    assert not set(rows("grade=extra_virgin")[0]) & set(COLUMNS)


@pytest.mark.parametrize("resolution", ["day", "week", "month", "spell"])
def test_every_format_has_every_kind_of_price(with_kinds: Product, resolution: str) -> None:
    client, query = APIClient(), f"/api/data/?product={with_kinds.pk}&resolution={resolution}"
    answer = client.get(f"{query}&format=csv")
    table = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    parquet = pq.read_table(io.BytesIO(client.get(f"{query}&format=parquet").content))
    columns = client.get(f"{query}&format=columns").json()
    assert set(COLUMNS) <= set(table[0]) & set(parquet.column_names) & set(columns)
    assert (table[-1]["used_price"], float(table[-1]["subscribe_price"])) == ("", 9)
    assert parquet["used_price"].null_count == len(table) == len(columns["used_price"])
    if resolution != "month":  # one row that has both
        assert columns["prime_price"][0] == 4
        assert columns["prime_price"][-1] is None
        assert parquet["prime_price"].to_pylist()[-1] is None


def test_between_two_days(product: Product) -> None:
    assert [day["date"] for day in rows(f"product={product.pk}&from=2026-01-03&to=2026-01-06")] == [
        "2026-01-03",
        "2026-01-06",
    ]


def test_a_grade_is_the_median_per_litre(product: Product) -> None:
    for price in ("6", "7"):
        begin = datetime(2026, 1, 1, 12, tzinfo=UTC)
        SpellFactory(product=ProductFactory(litres=Decimal("0.5")), first_seen=begin, price=Decimal(price))
    first = rows("grade=extra_virgin")[0]
    assert (float(first["price_per_litre"]), first["products"]) == (12, 3)


def test_days_are_the_shops_own(product: Product) -> None:
    """23:30 UTC is already tomorrow in Madrid."""
    late = datetime(2026, 2, 1, 23, 30, tzinfo=UTC)
    SpellFactory(product=product, first_seen=late, price=Decimal(7))
    assert rows(f"product={product.pk}&from=2026-02-01")[0]["date"] == "2026-02-02"


def test_csv_parquet_and_columns(product: Product) -> None:
    client = APIClient()
    answer = client.get(f"/api/data/?product={product.pk}&format=csv")
    table = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert (len(table), table[0]["date"], float(table[0]["price"])) == (6, "2026-01-01", 5)
    answer = client.get(f"/api/data/?product={product.pk}&format=parquet")
    assert pq.read_table(io.BytesIO(answer.content)).num_rows == 6
    columns = client.get(f"/api/data/?product={product.pk}&format=columns").json()
    assert columns["price"] == [5, 5, 5, 10, 10, 10]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "product=1&grade=virgin",
        "grade=best",
        "product=abc",
        "product=0",
        "product=99999999999999999999",
        "grade=virgin&resolution=hour",
        "grade=virgin&from=yesterday",
        "grade=virgin&from=2026-02-01&to=2026-01-01",
        "grade=virgin&format=xml",
    ],
)
def test_bad_queries_are_problems(query: str) -> None:
    answer = APIClient().get(f"/api/data/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_an_unknown_product() -> None:
    assert APIClient().get("/api/data/?product=12345").status_code == 404


def test_no_history_is_an_empty_list() -> None:
    assert rows(f"product={ProductFactory().pk}") == []
