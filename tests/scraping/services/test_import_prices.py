"""All of a file or nothing, and a second time without effect."""

import gzip
import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from scraping.errors import BadFile
from scraping.models import PriceSpell, Product, Shop
from scraping.services.import_prices import import_prices

pytestmark = pytest.mark.django_db
HEADER = "series_id,date,price,currency\n"
OIL = "lidl|aceite-de-oliva-virgen-extra-coosur-botella-750-ml"


def write(folder: Path, text: str, name: str = "prices.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def daily(prices: list[str], series: str = OIL) -> list[str]:
    begin = date(2026, 1, 1)
    return [f"{series},{begin + timedelta(days=n)},{price},EUR" for n, price in enumerate(prices)]


def rows() -> list[tuple]:
    return list(
        PriceSpell.objects.order_by("product__sku", "first_seen").values_list(
            "pk", "price", "first_seen", "last_seen", "pauses"
        )
    )


def test_it_works(tmp_path: Path) -> None:
    report = import_prices(path=write(tmp_path, HEADER + "\n".join(daily(["5.5", "5.5", "6"]))))
    assert (report.rows, report.series, report.new_products, report.spells_written) == (3, 1, 1, 2)
    product = Product.objects.get()
    assert (product.grade, product.litres, product.shop.name) == ("extra_virgin", Decimal("0.75"), "lidl")
    assert product.title == "Aceite de oliva virgen extra coosur botella 750 ml"
    assert product.latest_spell is not None
    assert product.latest_spell.price_per_litre == Decimal(8)


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "\n".join(daily(["5.5", "5.5", "6", "6.12345"])))
    import_prices(path=path)
    before = rows()
    assert not import_prices(path=path).changed
    assert rows() == before


def test_halves_in_any_order_are_the_whole(tmp_path: Path) -> None:
    lines = daily([str(5 + n // 3) for n in range(12)])
    random.Random(1).shuffle(lines)
    import_prices(path=write(tmp_path, HEADER + "\n".join(lines[:5])))
    import_prices(path=write(tmp_path, HEADER + "\n".join(lines[5:])))
    in_halves = [row[1:] for row in rows()]
    Shop.objects.all().delete()
    import_prices(path=write(tmp_path, HEADER + "\n".join(sorted(lines))))
    assert [row[1:] for row in rows()] == in_halves


def test_a_gzip_with_other_columns_in_another_order(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(
        gzip.compress(f"price,source,DATE,currency,series_id\n5.5,somewhere,2026-01-01,eur,{OIL}\n".encode())
    )
    assert import_prices(path=path).rows == 1


def test_weekly_rows_make_one_spell(tmp_path: Path) -> None:
    lines = [f"za|oil,{date(2026, 1, 1) + timedelta(weeks=n)},70,ZAR" for n in range(6)]
    import_prices(path=write(tmp_path, HEADER + "\n".join(lines)))
    assert PriceSpell.objects.get().observations == 6


def test_contradicting_rows_keep_the_lower_price(tmp_path: Path) -> None:
    report = import_prices(path=write(tmp_path, HEADER + f"{OIL},2026-01-01,6,EUR\n{OIL},2026-01-01,5,EUR\n"))
    assert report.contradictions == 1
    assert PriceSpell.objects.get().price == 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must name the columns"),
        ("a,b\n1,2\n", "missing: series_id, date, price"),
        (HEADER, "no rows"),
        (f"{HEADER}{OIL},2026-01-01,5\n", "line 2: 3 fields"),
        (f"{HEADER}{OIL},2026-13-01,5,EUR\n", "line 2: date '2026-13-01'"),
        (f"{HEADER}{OIL},1026-01-01,5,EUR\n", "not between 1970"),
        (f"{HEADER}{OIL},2026-01-01,5,EUR\n{OIL},2026-01-02,free,EUR\n", "line 3: price 'free'"),
        (f'{HEADER}{OIL},2026-01-01,"5,50",EUR\n', "price '5,50'"),
        (f"{HEADER}{OIL},2026-01-01,0,EUR\n", "not above zero"),
        (f"{HEADER}{OIL},2026-01-01,-5,EUR\n", "price '-5'"),
        (f"{HEADER}{OIL},2026-01-01,NaN,EUR\n", "price 'NaN'"),
        (f"{HEADER}{OIL},2026-01-01,5,EURO\n", "'EURO' is not an ISO 4217"),
        (f"{HEADER},2026-01-01,5,EUR\n", "series_id must have"),
        (f"{HEADER}{OIL},2026-01-01,5,EUR\n{OIL},2026-01-02,5,USD\n", "currency USD after EUR"),
        (f"{HEADER}{OIL},2300-01-01,5,EUR\n", "not between 1970 and"),
        (f"{HEADER}{OIL},2199-01-01,5,EUR\n", "is in the future"),
    ],
)
def test_a_broken_file_names_its_lines_and_stores_nothing(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        import_prices(path=write(tmp_path, text))
    assert not Shop.objects.exists()


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xff\xfe\x00series")
    with pytest.raises(BadFile, match="UTF-8"):
        import_prices(path=path)
    (tmp_path / "x.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(BadFile, match="readable"):
        import_prices(path=tmp_path / "x.csv.gz")


def test_the_command_says_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, HEADER + "\n".join(daily(["5.5"])))
    call_command("import_prices", path)
    call_command("import_prices", path)
    assert capsys.readouterr().out.splitlines()[1].endswith("Nothing changed.")
    with pytest.raises(CommandError, match="is not a file"):
        call_command("import_prices", tmp_path / "nowhere.csv")
