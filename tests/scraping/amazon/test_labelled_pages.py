"""The 25 real pages read by eye: every kind, price, state, currency and title as a person read them.

They are Amazon's content and stand beside the project, never in it; without them these tests are skipped.
"""

import csv
import gzip
import os
import random
import re
from decimal import Decimal
from pathlib import Path

import pytest

from scraping.amazon.page_record import page_record

_SHARED = Path(os.environ.get("OILWATCH_SHARED") or Path(__file__).resolve().parents[4] / "shared")
_FOLDER = _SHARED / "data" / "amazon_pages"
_MANIFEST = _FOLDER / "manifest.tsv"
_KINDS = {"unavailable": "product", "home": "other", "captcha": "blocked", "error503": "error"}


def _rows() -> list[dict[str, str]]:
    """Read the manifest, or nothing where the folder is missing."""
    if not _MANIFEST.exists():
        return []
    with _MANIFEST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


needs_pages = pytest.mark.skipif(
    not _MANIFEST.exists(), reason="the labelled Amazon pages are not beside the project (set OILWATCH_SHARED)"
)


@needs_pages
@pytest.mark.parametrize("row", _rows(), ids=lambda row: str(row["file"]).removesuffix(".html.gz"))
def test_read_as_a_person_reads_it(row: dict[str, str]) -> None:
    record = page_record(row["file"], gzip.decompress((_FOLDER / row["file"]).read_bytes()))
    assert record["kind"] == _KINDS.get(row["kind"], row["kind"])
    assert record["price"] == (row["price"] or None)
    if record["kind"] in {"product", "search"}:
        assert record["title"] == row["title"]
        assert record["currency"] == row["currency"]
    if record["kind"] == "product":
        assert record["state"] == row["availability"].split(":")[0]
        assert record["agreement"] != "disagree"


@needs_pages
def test_the_same_listing_with_and_without_vat_is_told_by_its_place() -> None:
    record = page_record("madrid", gzip.decompress((_FOLDER / "es_2025_speakers_madrid.html.gz").read_bytes()))
    assert (record["location"], record["list_price"], record["used_price"]) == ("Madrid 28008", "79.99", "52.01")
    assert Decimal(str(record["price"])) > 0


@needs_pages
def test_the_search_page_knows_what_is_paid_for() -> None:
    record = page_record("search", gzip.decompress((_FOLDER / "es_2025_search.html.gz").read_bytes()))
    assert (record["tiles"], record["sponsored"], record["asin"]) == (60, 12, "B07YY2YVK5")


# Every id and class a rule hangs on; a layout change is one of them gone.
_HOOKS = re.split(
    r"\|",
    "priceblock_ourprice|priceblock_dealprice|price_inside_buybox|newBuyBoxPrice|corePriceDisplay_|corePrice_feature_div|"
    "priceToPay|apex_|twister-plus-buying-options-price-data|customerVisiblePrice|cerberus-data-metrics|newAccordionRow|"
    "add-to-cart-button|availability|usedOnlyBuybox|usedBuySection|used_buybox|unqualifiedBuyBox|partialStateBuybox|"
    'id="price"|tp_price_block|twister-plus-price-data|attach-base|a-price-whole|a-offscreen|buybox|usedAccordionRow',
)


@needs_pages
@pytest.mark.parametrize(
    "row",
    [row for row in _rows() if row["kind"] in {"product", "unavailable"}],
    ids=lambda row: str(row["file"]).removesuffix(".html.gz"),
)
def test_a_changed_layout_may_hide_the_price_but_never_changes_it(row: dict[str, str]) -> None:
    page = gzip.decompress((_FOLDER / row["file"]).read_bytes())
    hooks = [hook.encode() for hook in _HOOKS if hook.encode() in page]
    chance = random.Random(row["file"])
    gone = [[hook] for hook in hooks] + [chance.sample(hooks, min(len(hooks), count)) for count in (2, 3, 4, 5, 6)]
    for taken in gone:
        changed = page
        for hook in taken:
            changed = changed.replace(hook, b'id="gone"' if hook.startswith(b"id=") else b"gone-" + hook)
        assert page_record("changed", changed)["price"] in {None, row["price"] or None}, taken
