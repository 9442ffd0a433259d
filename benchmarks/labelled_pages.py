"""The labelled Amazon pages, and what a person read on them: price from the manifests, list price from here.

The pages are Amazon's content and stand beside the project (`OILWATCH_SHARED`); here are only names and figures.
"""

import csv
import gzip
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

SHARED = Path(os.environ.get("OILWATCH_SHARED") or Path(__file__).resolve().parents[2] / "shared")
FOLDERS = (SHARED / "data" / "amazon_pages", SHARED / "data" / "amazon_pages_2")

# Read by eye: the struck or recommended price of the offer itself, never of a size, another offer, a kilo or a litre.
# A product page that is not here shows none.
LIST_PRICES = {
    "es_2019_robot": "239.00",
    "es_2025_speakers_madrid": "79.99",
    "it_2019_foreo": "39.00",
    "fr_2019_deal_and_coupon": "75.99",
    "com_product_c75b58": "45.99",
    "in_product_07aab6": "1899",
    "in_product_6748d4": "89900",
    "com_br_product_7ba342": "459.00",
    "in_product_60f0f5": "1299",
    "in_product_cf3987": "2100",
    "com_product_a00374": "307.95",
}
# The list price stands beside the price for Prime members and is what everybody else pays: none is right too.
LIST_PRICE_OR_NONE = {"com_product_c75b58"}
PRODUCT_KINDS = {"product", "unavailable"}

# "319.00 by card would be right too", in a manifest's note.
_ALSO_RIGHT = re.compile(r"(\d+(?:\.\d+)?) by card would be right too")

Answer = Decimal | None


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A saved page and the answers that are right; None is "there is none"."""

    name: str
    html: bytes
    kind: str
    marketplace: str
    prices: frozenset[Answer]
    list_prices: frozenset[Answer]


def labelled_pages(folders: Collection[Path] = FOLDERS) -> Iterator[LabelledPage]:
    """Yield the pages of every manifest; a folder that is missing holds none."""
    for folder in folders:
        manifest = folder / "manifest.tsv"
        if not manifest.exists():
            continue
        with manifest.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        for row in rows:
            yield _labelled(row, gzip.decompress((folder / row["file"]).read_bytes()))


def _labelled(row: dict[str, str], html: bytes) -> LabelledPage:
    """Join a manifest's row with the list prices read here."""
    name = row["file"].removesuffix(".html.gz")
    list_price = LIST_PRICES.get(name, "")
    also = {None} if name in LIST_PRICE_OR_NONE else set()
    return LabelledPage(
        name=name,
        html=html,
        kind=row["kind"],
        marketplace=row["marketplace"],
        prices=frozenset(map(_answer, [row["price"], *_ALSO_RIGHT.findall(row["note"])])),
        list_prices=frozenset({_answer(list_price)} | also),
    )


def _answer(text: str) -> Answer:
    """Read a manifest's figure; blank is "there is none"."""
    return Decimal(text) if text else None


def judge(right: Collection[Answer], read: Answer) -> str:
    """Name a reading: right, wrong, invented (a number where there is none) or missed (none where there is one)."""
    if read in right:
        return "right"
    if read is None:
        return "missed"
    return "wrong" if any(answer is not None for answer in right) else "invented"
