"""The truth of a labelled page, and how a reading is named beside it."""

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import labelled_pages
from benchmarks.labelled_pages import FOLDERS, LIST_PRICE_OR_NONE, LIST_PRICES, judge

HEAD = "file\tkind\tmarketplace\tprice\tnote\n"


@pytest.mark.parametrize(
    ("right", "read", "name"),
    [
        (["8.00"], "8", "right"),
        (["303.05", "319.00"], "319.00", "right"),
        ([""], "", "right"),
        (["45.99", ""], "", "right"),
        (["8.00"], "800", "wrong"),
        (["45.99", ""], "35.99", "wrong"),
        ([""], "89.99", "invented"),
        (["8.00"], "", "missed"),
    ],
)
def test_a_reading_is_named(right: list[str], read: str, name: str) -> None:
    answers = [Decimal(text) if text else None for text in right]
    assert judge(answers, Decimal(read) if read else None) == name


def test_pages_of_all_folders_come_with_their_truth(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("oil", "es_2019_robot", "com_product_c75b58"):
        (folder / f"{name}.html.gz").write_bytes(gzip.compress(name.encode()))
    rows = [
        "oil.html.gz\tproduct\tcom.br\t303.05\t319.00 by card would be right too",
        "es_2019_robot.html.gz\tproduct\tes\t225.00\tused from 151,88",
        "com_product_c75b58.html.gz\tunavailable\tcom\t\t",
    ]
    (folder / "manifest.tsv").write_text(HEAD + "\n".join(rows))
    oil, robot, charger = labelled_pages.labelled_pages([tmp_path / "missing", folder])
    assert (oil.name, oil.html, oil.kind, oil.marketplace) == ("oil", b"oil", "product", "com.br")
    assert oil.prices == {Decimal("303.05"), Decimal("319.00")}
    assert oil.list_prices == {None}
    assert robot.prices == {Decimal("225.00")}
    assert robot.list_prices == {Decimal("239.00")}
    assert charger.prices == {None}
    assert charger.list_prices == {Decimal("45.99"), None}


def test_every_list_price_is_of_a_labelled_product_page() -> None:
    pages = {page.name: page for page in labelled_pages.labelled_pages()}
    if not all((folder / "manifest.tsv").exists() for folder in FOLDERS):
        pytest.skip("the labelled pages are not beside the project (OILWATCH_SHARED)")
    assert len(pages) == 67
    assert set(LIST_PRICES) | LIST_PRICE_OR_NONE <= set(pages)
    assert {pages[name].kind for name in LIST_PRICES} == {"product"}
