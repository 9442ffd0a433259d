"""Keepa's CSV exports into steps. Pure.

Two forms: a list of products as Keepa's viewer and finder export it, one row a product,
    Locale,ASIN,Title,...,Amazon: Current,New: Current,Buy Box: Current,List Price: Current,Last Price Change
and a history, one row a change: a column of moments, then one column a price type,
    ASIN,Locale,Time,Amazon,New,Used,List Price,Buy Box
Names vary with signs and spaces ("Buy Box 🚚: Current"); prices are "39.99", "39,99 €" or "-" for no offer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from scraping.amazon.address import is_asin
from scraping.amazon.marketplaces import Marketplace, find_marketplace
from scraping.sources.base import ListingHistory
from scraping.sources.keepa_history import PRICE_STEP, Kind, NotKeepa, seconds_of, steps_of

MOMENTS = ("time", "date", "timestamp", "keepa time", "last update", "last price change")
KINDS = {
    "amazon": Kind.AMAZON,
    "new": Kind.NEW,
    "used": Kind.USED,
    "list price": Kind.LIST,
    "buy box": Kind.BUY_BOX,
}
NOTHING = frozenset({"", "-", "N/A"})
_MOST_ROWS_NAMED = 20
_DIGITS = re.compile(r"\d[\d.,\s]*")


def is_keepa_header(header: Sequence[str]) -> bool:
    """Whether the first line of a CSV file is one of Keepa's."""
    columns = columns_of(header)
    return "asin" in columns and bool(set(KINDS) & set(columns)) and _moment_column(columns) is not None


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Columns by their plain name: "Buy Box 🚚: Current" is "buy box"."""
    plain: dict[str, int] = {}
    for at, name in enumerate(header):
        text = re.sub(r"[^a-z0-9 :]", " ", name.casefold())
        plain.setdefault(" ".join(text.removesuffix(": current").removesuffix(" current").split()), at)
    return plain


def read_rows(
    header: Sequence[str], rows: Iterable[tuple[int, list[str]]]
) -> tuple[list[ListingHistory], list[tuple[int, str]]]:
    """The histories of numbered rows, and what is wrong with which line; NotKeepa for a header that is not Keepa's."""
    columns = columns_of(header)
    when = _moment_column(columns)
    if when is None or "asin" not in columns:
        raise NotKeepa(f"the columns {', '.join(header)} are not those of a Keepa export")
    series: dict[tuple[str, Marketplace], dict[Kind, dict[int, Decimal | None]]] = {}
    titles: dict[tuple[str, Marketplace], str] = {}
    wrong: list[tuple[int, str]] = []
    for line, row in rows:
        try:
            if row[columns[when]].strip() in NOTHING:
                continue  # a product whose price Keepa never saw
            key, moment = _listing(row, columns), _second(row[columns[when]])
            prices = {kind: _price(row[columns[name]]) for name, kind in KINDS.items() if name in columns}
        except (ValueError, IndexError) as error:
            wrong.append((line, str(error) if not isinstance(error, IndexError) else "fewer fields than the header"))
            if len(wrong) >= _MOST_ROWS_NAMED:
                break
            continue
        points = series.setdefault(key, defaultdict(dict))
        for kind, price in prices.items():
            points[kind][moment] = price
        if "title" in columns:
            titles.setdefault(key, row[columns["title"]].strip())
    return [_history(key, points, titles.get(key, "")) for key, points in series.items()], wrong


def _history(
    key: tuple[str, Marketplace], points: Mapping[Kind, Mapping[int, Decimal | None]], title: str
) -> ListingHistory:
    steps = steps_of({kind: sorted(points.get(kind, {}).items()) for kind in Kind})
    return ListingHistory(*key, title=title, steps=steps, until=max(max(p, default=0) for p in points.values()))


def _moment_column(columns: Mapping[str, int]) -> str | None:
    return next((name for name in MOMENTS if name in columns), None)


def _listing(row: Sequence[str], columns: Mapping[str, int]) -> tuple[str, Marketplace]:
    asin = row[columns["asin"]].strip().upper()
    if not is_asin(asin):
        raise ValueError(f"{asin!r} is no ASIN")
    place = row[columns["locale"]].strip() if "locale" in columns else "es"
    market = find_marketplace(place)
    if market is None:
        raise ValueError(f"locale {place!r} is no Amazon marketplace")
    return asin, market


@cache
def _second(text: str) -> int:
    """Keepa minutes, or a moment such as 2026/05/01 10:32 (UTC), as seconds since 1970."""
    plain = text.strip().replace("/", "-")
    if plain.isdecimal():
        return seconds_of(int(plain))
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        raise ValueError(f"{text!r} is no moment such as 2026/05/01 10:32, nor Keepa minutes") from None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()) // 60 * 60


@cache
def _price(text: str) -> Decimal | None:
    """ "39.99", "39,99 €", "1.234,50": the last mark followed by one or two digits is the decimal one; "-" is none."""
    match = _DIGITS.search(text)
    if match is None:
        if text.strip() in NOTHING:
            return None
        raise ValueError(f"price {text!r} is no number")
    if text.strip() == "-1":
        return None
    digits = "".join(match.group().split())
    whole, mark, cents = max(digits.rpartition("."), digits.rpartition(","), key=lambda parts: len(parts[0]))
    if not mark or len(cents) > 2:
        whole, cents = digits, "0"
    price = Decimal(f"{re.sub(r'[.,]', '', whole)}.{cents or 0}").quantize(PRICE_STEP)
    return price if price > 0 else None
