"""Read a tidy price file: one row per series and day, checked line by line. Pure but for the file itself.

series_id,date,price,currency          (required but for currency, when the caller names one)
facua|aceite-de-oliva|...,2024-06-30,5.88,EUR
"""

import csv
import gzip
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from scraping.currency import ISO_4217
from scraping.errors import BadFile
from scraping.open_text import open_text

REQUIRED = ("series_id", "date", "price")
MOST_ERRORS = 20
PRICE = re.compile(r"\d{1,10}(\.\d+)?")
PRICE_STEP = Decimal("0.0001")
NOON = 12 * 3600  # a day's price was true at noon: no timezone moves it to another day
LONGEST_SERIES_NAME = 255


@dataclass(slots=True)
class TidyFile:
    """What a file holds: per series the price at each second, and how series are called and priced."""

    prices: dict[str, dict[int, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    currency: dict[str, str] = field(default_factory=dict)
    title: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    latest: int = field(default_factory=lambda: int(time.time()) + 36 * 3600)  # no later moment can have been seen
    contradictions: int = 0  # same series and moment at another price: the lower one is kept

    def add(self, series: str, second: int, price: Decimal, *, currency: str, title: str = "") -> None:
        """Put in one price; the series has one currency, and its first title counts."""
        self.currency.setdefault(series, currency)
        prices = self.prices[series]
        if (known := prices.get(second)) is not None and known != price:
            self.contradictions += 1
            price = min(known, price)
        prices[second] = price
        self.rows += 1
        if title:
            self.title.setdefault(series, title)


def read_tidy_csv(
    path: Path,
    *,
    currency: str | None = None,
    gaps: bool = False,
    progress: Callable[[int], object] = lambda _bytes: None,
) -> TidyFile:
    """Read a `.csv` or `.csv.gz` file; BadFile lists the lines that are wrong. `progress` gets the bytes read.

    With `gaps` a row without a price is a day without an offer, instead of a mistake.
    """
    if not path.is_file():
        raise BadFile(f"{path} is not a file.")
    try:
        with open_text(path, progress) as text:
            return read_tidy_text(text, name=path.name, currency=currency, gaps=gaps)
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, csv.Error, OSError) as error:
        raise BadFile(f"{path.name} is not a readable CSV file in UTF-8 (plain or .gz): {error}") from error


def read_tidy_text(text: Iterable[str], *, name: str, currency: str | None = None, gaps: bool = False) -> TidyFile:
    """Read the lines of a file of this name; BadFile lists the lines that are wrong."""
    tidy, errors = TidyFile(), []
    rows = csv.reader(text)
    columns = _columns(next(rows, []), currency)
    for row in _not_like_the_last(rows, columns, tidy):
        if gaps and len(row) == len(columns) and not row[columns["price"]].strip():
            continue
        if wrong := _take(row, columns, currency, tidy):
            errors.append((rows.line_num, wrong))
            if len(errors) >= MOST_ERRORS:
                break
    if errors:
        more = " (the first ones; nothing after them was read)" if len(errors) >= MOST_ERRORS else ""
        raise BadFile(f"{name} cannot be used. Fix these lines{more}:", errors)
    if not tidy.rows:
        raise BadFile(f"{name} holds no rows under its header.")
    return tidy


def _not_like_the_last(rows: Iterator[list[str]], columns: dict[str, int], tidy: TidyFile) -> Iterator[list[str]]:
    """The rows that need every check; one like its predecessor but for a new day and price is taken at once.

    Files list series after series, so this is nearly all of them, at half the cost.
    """
    series, date, price = (columns[name] for name in REQUIRED)
    code = columns.get("currency", series)
    last: tuple[str, str] | None = None
    prices: dict[int, Decimal] = {}
    width, taken = len(columns), 0
    for row in rows:
        if len(row) >= width and (row[series], row[code]) == last:
            second, amount = _second(row[date]), _price(row[price])
            if (
                isinstance(second, int)
                and isinstance(amount, Decimal)
                and second <= tidy.latest
                and second not in prices
            ):
                prices[second] = amount
                taken += 1
                continue
        if row:
            before = tidy.rows
            yield row
            if tidy.rows > before:
                last, prices = (row[series], row[code]), tidy.prices[row[series].strip()]
    tidy.rows += taken


def _columns(header: list[str], currency: str | None) -> dict[str, int]:
    columns = {name.strip().lower(): at for at, name in enumerate(header)}
    missing = [name for name in (*REQUIRED, *(() if currency else ("currency",))) if name not in columns]
    if missing:
        hint = " Or name the currency with --currency." if missing == ["currency"] else ""
        raise BadFile(
            f"The first line must name the columns; missing: {', '.join(missing)}. "
            f"Found: {', '.join(columns) or 'none'}.{hint}"
        )
    return columns


def _take(row: list[str], columns: dict[str, int], currency: str | None, tidy: TidyFile) -> str | None:
    """Put one row into the file's content; returns what is wrong with it, if anything."""
    if len(row) < len(columns):
        return f"{len(row)} fields where the header names {len(columns)}"
    series = row[columns["series_id"]].strip()
    if not series or len(series) > LONGEST_SERIES_NAME:
        return f"series_id must have 1 to {LONGEST_SERIES_NAME} characters"
    second, price = _second(row[columns["date"]]), _price(row[columns["price"]])
    code = currency or row[columns["currency"]].strip().upper()
    if isinstance(second, str):
        return second
    if isinstance(price, str):
        return price
    if second > tidy.latest:
        return f"date {row[columns['date']]!r} is in the future"
    if code not in ISO_4217:
        return f"currency {code!r} is not an ISO 4217 code such as EUR"
    if tidy.currency.get(series, code) != code:
        return f"currency {code} after {tidy.currency[series]} in the same series"
    tidy.add(series, second, price, currency=code, title=row[columns["title"]].strip() if "title" in columns else "")
    return None


def second_of(day: date) -> int:
    """The moment that a day's price stands for, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + NOON


@cache
def _second(text: str) -> int | str:
    """A date (its noon, UTC) or an ISO moment as seconds since 1970, or what is wrong with it."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return f"date {text!r} is not like 2024-06-30"
    if not 1970 <= moment.year <= 2200:
        return f"date {text!r} is not between 1970 and 2200"
    day_only = "T" not in text and ":" not in text
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) + (NOON if day_only else 0)


@cache
def _price(text: str) -> Decimal | str:
    """A positive decimal with a point, as exact as it is written, or what is wrong with it."""
    plain = text.strip()
    if not PRICE.fullmatch(plain):
        return f"price {text!r} is not a positive number such as 5.88"
    price = Decimal(plain)
    return price if price.quantize(PRICE_STEP) > 0 else f"price {text!r} is not above zero"


def days_between_rows(tidy: TidyFile) -> float:
    """The usual pause between two rows of a series, in days: 1 for a daily file, 7 for a weekly one."""
    pauses = sorted(_pauses(tidy))
    return pauses[len(pauses) // 2] / 86_400 if pauses else 1.0


def _pauses(tidy: TidyFile) -> Iterator[int]:
    for prices in tidy.prices.values():
        seconds = sorted(prices)
        yield from (later - earlier for earlier, later in pairwise(seconds))
