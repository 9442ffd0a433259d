"""The 67 real pages read by eye: every kind, price, state, currency and title as a person read them.

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
from scraping.offer import OfferState
from tests.long_form import LONG

_SHARED = Path(os.environ.get("OILWATCH_SHARED") or Path(__file__).resolve().parents[4] / "shared")
_FOLDERS = [_SHARED / "data" / name for name in ("amazon_pages", "amazon_pages_2")]
_KINDS = {"unavailable": "product", "home": "other", "captcha": "blocked", "error503": "error"}


def _rows() -> list[dict[str, str]]:
    """Read the manifests, or nothing where the folders are missing; each row knows the path of its page."""
    rows: list[dict[str, str]] = []
    for folder in _FOLDERS:
        if (manifest := folder / "manifest.tsv").exists():
            with manifest.open(encoding="utf-8", newline="") as file:
                rows += [row | {"path": str(folder / row["file"])} for row in csv.DictReader(file, delimiter="\t")]
    return rows


def _page(row: dict[str, str]) -> bytes:
    return gzip.decompress(Path(row["path"]).read_bytes())


needs_pages = pytest.mark.skipif(
    not _rows(), reason="the labelled Amazon pages are not beside the project (set OILWATCH_SHARED)"
)
STATES = frozenset(state.value for state in OfferState)


@needs_pages
@pytest.mark.parametrize("row", _rows(), ids=lambda row: str(row["file"]).removesuffix(".html.gz"))
def test_read_as_a_person_reads_it(row: dict[str, str]) -> None:
    record = page_record(row["file"], _page(row))
    assert record["kind"] == _KINDS.get(row["kind"], row["kind"])
    assert Decimal(str(record["price"] or 0)) == Decimal(row["price"] or 0)
    if record["kind"] in {"product", "search"} and row["price"]:
        assert record["currency"] == row["currency"]
    if record["kind"] == "product":
        assert str(record["title"]).startswith(row["title"][:20])
        state = re.split(r"[:, ]", row["availability"])[0]
        assert record["state"] == (state if state in STATES else "unavailable")
        assert record["agreement"] != "disagree"


# Beside the price of the offer itself, read by eye; every other product page shows none.
LIST_PRICES = {
    "es_2019_robot": "239.00",
    "es_2025_speakers_madrid": "79.99",
    "fr_2019_deal_and_coupon": "75.99",
    "it_2019_foreo": "39.00",
    "com_br_product_7ba342": "459.00",
    "com_product_a00374": "307.95",
    "in_product_07aab6": "1899",
    "in_product_60f0f5": "1299",
    "in_product_6748d4": "89900",
    "in_product_cf3987": "2100",
}


@needs_pages
def test_no_list_price_is_another_sizes_or_made_up() -> None:
    records = {row["file"].split(".")[0]: page_record(row["file"], _page(row)) for row in _rows()}
    assert {name: record["list_price"] for name, record in records.items() if record["list_price"]} == LIST_PRICES


@needs_pages
def test_the_same_listing_with_and_without_vat_is_told_by_its_place() -> None:
    record = page_record("madrid", gzip.decompress((_FOLDERS[0] / "es_2025_speakers_madrid.html.gz").read_bytes()))
    assert (record["location"], record["list_price"], record["used_price"]) == ("Madrid 28008", "79.99", "52.01")
    assert Decimal(str(record["price"])) > 0


@needs_pages
def test_the_search_page_knows_what_is_paid_for() -> None:
    record = page_record("search", gzip.decompress((_FOLDERS[0] / "es_2025_search.html.gz").read_bytes()))
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
    page = _page(row)
    hooks = [hook.encode() for hook in _HOOKS if hook.encode() in page]
    chance = random.Random(row["file"])
    alone = hooks if LONG else chance.sample(hooks, min(len(hooks), 5))
    together = (2, 3, 4, 5, 6) if LONG else (3, 6)
    gone = [[hook] for hook in alone] + [chance.sample(hooks, min(len(hooks), count)) for count in together]
    for taken in gone:
        changed = page
        for hook in taken:
            changed = changed.replace(hook, b'id="gone"' if hook.startswith(b"id=") else b"gone-" + hook)
        price = page_record("changed", changed)["price"]
        assert price is None or (row["price"] and Decimal(str(price)) == Decimal(row["price"])), taken
