"""`manage.py read_pages`: one JSON object a page, whatever the file holds, and no database."""

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.scraping.amazon.made_other_pages import CAPTCHA, search_page, tile
from tests.scraping.amazon.made_pages import ES, Grocery

CONTRACT = {
    "file",
    "kind",
    "reason",
    "asin",
    "title",
    "price",
    "currency",
    "state",
    "list_price",
    "unit_price",
    "litres",
    "location",
}


def read(*paths: Path, **options: object) -> list[dict[str, object]]:
    out = StringIO()
    call_command("read_pages", *map(str, paths), json=True, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_it_works(tmp_path: Path) -> None:
    (tmp_path / "oil.html").write_text(Grocery(list_price="49.99").build())
    (record,) = read(tmp_path)
    assert set(record) >= CONTRACT
    assert record["file"] == "oil.html"
    assert (record["kind"], record["state"], record["price"], record["currency"]) == (
        "product",
        "in_stock",
        "42.95",
        "EUR",
    )
    assert (record["asin"], record["list_price"], record["litres"]) == ("B0OLIVA001", "49.99", "5")
    assert record["unit_price"] == {"amount": "8.59", "currency": "EUR", "per": "1", "unit": "l"}
    assert record["location"] == "Madrid 28008"


def test_every_file_gets_a_line_and_other_files_none(tmp_path: Path) -> None:
    folder = tmp_path / "deeper"
    folder.mkdir()
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(CAPTCHA.encode()))
    (tmp_path / "b.html.gz").write_bytes(b"\x1f\x8bbroken")
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(Grocery().build().encode())[:-9])
    (tmp_path / "d.html").write_bytes(b"")
    (folder / "e.htm").write_text(Grocery().build())
    (tmp_path / "manifest.tsv").write_text("file\tkind")
    records = read(tmp_path)
    assert [(record["file"], record["kind"]) for record in records] == [
        ("a.html.gz", "blocked"),
        ("b.html.gz", "other"),
        ("c.html.gz", "other"),
        ("d.html", "other"),
        ("deeper/e.htm", "product"),
    ]
    assert "unreadable file" in str(records[1]["reason"])
    assert all(set(record) >= CONTRACT for record in records)
    assert all(record["price"] is None for record in records[:4])


def test_readers_that_disagree_leave_null_and_say_why(tmp_path: Path) -> None:
    (tmp_path / "oil.html").write_text(Grocery(price="42.95", hidden="24.95").build())
    (record,) = read(tmp_path)
    assert record["price"] is None
    assert record["rivals"] == ["42.95", "24.95"]
    assert "disagree" in str(record["reason"])


def test_a_search_page_shows_its_first_unpaid_tile(tmp_path: Path) -> None:
    tiles = tile(ES, "B0OLIVA001", "Anuncio", "7.99", sponsored=True) + tile(ES, "B0OLIVA002", "Aceite 5 L", "42.95")
    (tmp_path / "search.html").write_text(search_page(ES, tiles))
    (record,) = read(tmp_path)
    assert (record["kind"], record["state"], record["tiles"]) == ("search", None, 2)
    assert (record["asin"], record["title"], record["price"], record["currency"]) == (
        "B0OLIVA002",
        "Aceite 5 L",
        "42.95",
        "EUR",
    )


def test_single_files_and_a_table_for_people(tmp_path: Path) -> None:
    page = tmp_path / "oil.html"
    page.write_text(Grocery().build())
    assert [record["file"] for record in read(page)] == ["oil.html"]
    assert [record["file"] for record in read(file=[page])] == ["oil.html"]
    out = StringIO()
    call_command("read_pages", str(tmp_path), stdout=out)
    header, line = out.getvalue().splitlines()
    assert header.startswith("file")
    assert "42.95" in line


def test_wrong_paths_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Name a folder"):
        call_command("read_pages")
    with pytest.raises(CommandError, match="does not exist"):
        call_command("read_pages", str(tmp_path / "nothing"))
