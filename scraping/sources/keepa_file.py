"""Keepa's files, recognised by their content: the API's JSON, one product or many, and its CSV exports."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scraping.errors import BadFile
from scraping.open_text import open_text
from scraping.sources.base import ListingHistory
from scraping.sources.keepa_csv import is_keepa_header, read_rows
from scraping.sources.keepa_history import NotKeepa, read_product

MOST_JSON_BYTES = 512 * 1024**2  # it is parsed as a whole
_LONGEST_HEADER = 65_536
_UNREADABLE = (UnicodeDecodeError, gzip.BadGzipFile, EOFError, csv.Error, OSError)


def is_keepa_file(path: Path) -> bool:
    """Whether the file begins as JSON, or with the header of a Keepa export; False for one that cannot be read."""
    try:
        with open_text(path, lambda _bytes: None) as text:
            first = text.readline(_LONGEST_HEADER)
            return is_json(first) or is_keepa_header(next(csv.reader([first]), []))
    except _UNREADABLE:
        return False


def read_keepa_file(path: Path, progress: Callable[[int], object] = lambda _bytes: None) -> list[ListingHistory]:
    """The histories a Keepa file holds; BadFile says what is wrong with it."""
    try:
        with open_text(path, progress, most=MOST_JSON_BYTES) as text:
            first = text.readline(_LONGEST_HEADER)
            if is_json(first):
                return _from_json(json.loads(first + text.read()))
            rows = csv.reader(text)
            histories, wrong = read_rows(
                next(csv.reader([first]), []), ((rows.line_num + 1, row) for row in rows if row)
            )
    except (json.JSONDecodeError, NotKeepa, *_UNREADABLE) as error:
        raise BadFile(f"{path.name} is no readable Keepa file (JSON or CSV, UTF-8, plain or .gz): {error}") from error
    if wrong:
        raise BadFile(f"{path.name} was not imported. Fix these lines:", wrong)
    return histories


def is_json(first_line: str) -> bool:
    """Whether a file that begins so is JSON."""
    return first_line.lstrip().startswith(("{", "["))


def _from_json(content: Any) -> list[ListingHistory]:
    products = content.get("products", [content]) if isinstance(content, dict) else content
    if not isinstance(products, list) or not all(isinstance(product, dict) for product in products):
        raise NotKeepa('a product object, a list of them, or {"products": [...]} was expected')
    return [read_product(product) for product in products]
