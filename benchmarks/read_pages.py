"""How well and how fast saved Amazon pages are read, beside the rules of others: `python -m benchmarks.read_pages`.

The labelled pages are Amazon's content and stand beside the project (`OILWATCH_SHARED`); without them: no figures.
The rules of others are re-expressed from their descriptions; none of their code is used.
"""

import csv
import gzip
import json
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from bs4 import BeautifulSoup

from scraping.amazon.money import Habit, find_money
from scraping.amazon.page_record import page_record

SHARED = Path(os.environ.get("OILWATCH_SHARED") or Path(__file__).resolve().parents[2] / "shared")
PAGES = SHARED / "data" / "amazon_pages"
KINDS = {"unavailable": "product", "home": "other", "captcha": "blocked", "error503": "error"}
GOAL = 0.30
_ROUNDS = 3
# Under this size parsing is over before the clock has moved; block pages are 2-20 KB.
_SMALL = 100_000

Rule = Callable[[bytes], Decimal | None]


def _amount(text: str, decimal: str) -> Decimal | None:
    """Read the first amount of a text."""
    result = find_money(text, Habit(decimal, None))
    return result[0].money.amount if result else None


def _decimal(soup: BeautifulSoup) -> str:
    """Guess the decimal mark from the page's language, which is kinder than these rules are."""
    lang = str(soup.html.get("lang", "")) if soup.html else ""
    return "." if lang.startswith(("en", "ja")) else ","


def first_offscreen(page: bytes) -> Decimal | None:
    """PriceBuddy: the first `.a-price .a-offscreen` of the page."""
    soup = BeautifulSoup(page, "lxml")
    tag = soup.select_one(".a-price .a-offscreen")
    return _amount(tag.get_text(), _decimal(soup)) if tag else None


def structured_data(page: bytes) -> Decimal | None:
    """changedetection.io: JSON-LD, microdata, OpenGraph."""
    soup = BeautifulSoup(page, "lxml")
    for script in soup.select('script[type="application/ld+json"]'):
        if result := re.search(r'"price"\s*:\s*"?([\d.]+)', script.get_text()):
            return Decimal(result.group(1))
    tag = soup.select_one('[itemprop="price"], meta[property="product:price:amount"], meta[property="og:price:amount"]')
    text = str(tag.get("content") or "") if tag else ""
    return Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def first_whole(page: bytes) -> Decimal | None:
    """Tutorials: the first `.a-price-whole`, with the fraction beside it."""
    soup = BeautifulSoup(page, "lxml")
    whole, fraction = soup.select_one(".a-price-whole"), soup.select_one(".a-price-fraction")
    digits = re.sub(r"\D", "", whole.get_text()) if whole else ""
    cents = re.sub(r"\D", "", fraction.get_text()) if fraction else ""
    return Decimal(f"{digits}.{cents or 0}") if digits else None


def modern_containers(page: bytes) -> Decimal | None:
    """Discount-Bandit-like: today's price containers only."""
    soup = BeautifulSoup(page, "lxml")
    price = soup.select_one("#corePriceDisplay_desktop_feature_div .priceToPay, #corePrice_feature_div .a-price")
    if price is None:
        return None
    return first_whole(str(price).encode())


def new_option(page: bytes) -> Decimal | None:
    """The hidden buying options alone, NEW only."""
    tag = BeautifulSoup(page, "lxml").select_one(".twister-plus-buying-options-price-data")
    groups = json.loads(tag.get_text()) if tag else {}
    options = [option for group in groups.values() for option in group if option.get("buyingOptionType") == "NEW"]
    return Decimal(str(options[0]["priceAmount"])) if options else None


def oilwatch(page: bytes) -> Decimal | None:
    """This project: two readers and their agreement."""
    price = page_record("", page)["price"]
    return None if price is None else Decimal(str(price))


RULES: dict[str, Rule] = {
    "**oilwatch, both readers**": oilwatch,
    "first `.a-price .a-offscreen` (PriceBuddy)": first_offscreen,
    "first `.a-price-whole` (tutorials)": first_whole,
    "JSON-LD, microdata, OpenGraph (changedetection.io)": structured_data,
    "today's containers only (as Discount-Bandit)": modern_containers,
    "hidden buying options, NEW only": new_option,
}


def labelled() -> list[tuple[dict[str, str], bytes]]:
    """Return the labelled pages with what a person read on them."""
    with (PAGES / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row, gzip.decompress((PAGES / row["file"]).read_bytes())) for row in rows]


def judge(truth: str, read: Decimal | None) -> str:
    """Name a reading: right, wrong, invented (no price there) or missed."""
    if not truth:
        return "right" if read is None else "invented"
    if read is None:
        return "missed"
    return "right" if read == Decimal(truth) else "wrong"


def speed_ratios(pages: list[bytes]) -> list[float]:
    """Return, per page, the time of both readers against one full BeautifulSoup parse; the best of three each."""
    ratios = []
    for page in pages:
        readers, parse = [], []
        for _ in range(_ROUNDS):
            start = time.process_time()
            page_record("", page)
            middle = time.process_time()
            BeautifulSoup(page, "lxml")
            readers.append(middle - start)
            parse.append(time.process_time() - middle)
        ratios.append(min(readers) / min(parse))
    return ratios


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    if not (PAGES / "manifest.tsv").exists():
        return "## Reading Amazon pages\n\nSkipped: the labelled pages are not beside the project (OILWATCH_SHARED).\n"
    pages = labelled()
    kinds = sum(page_record("", page)["kind"] == KINDS.get(row["kind"], row["kind"]) for row, page in pages)
    lines = [
        "## Reading Amazon pages",
        "",
        f"{len(pages)} labelled pages, 2018-2026; the kind of page is right on {kinds} of {len(pages)}.",
        "",
        "| rule | right | wrong | invented | missed |",
        "|---|---|---|---|---|",
    ]
    for name, rule in RULES.items():
        tally = Counter(judge(row["price"], rule(page)) for row, page in pages)
        lines.append(f"| {name} | {tally['right']} | {tally['wrong']} | {tally['invented']} | {tally['missed']} |")
    ratios = speed_ratios([page for _, page in pages if len(page) > _SMALL])
    median = statistics.median(ratios)
    verdict = "held" if median <= GOAL else "MISSED"
    speed = (
        f"Both readers, the kind of page and all fields cost {median:.2f} of one full BeautifulSoup-lxml parse "
        f"(median of {len(ratios)} pages, worst {max(ratios):.2f}; goal {GOAL:.2f}: {verdict})."
    )
    lines += ["", speed, ""]
    return "\n".join(lines)


def main() -> str:
    """Print the section and return it."""
    text = section()
    print(text)
    return text


if __name__ == "__main__":
    main()
