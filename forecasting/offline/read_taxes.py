"""A CSV of taxes (series, from, rate_before, rate_after, announced) -> the steps of each series."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TextIO

from forecasting.market.tax_steps import TaxStep
from scraping.errors import BadFile
from scraping.open_text import open_text

COLUMNS = ("series", "from", "rate_before", "rate_after", "announced")


def read_taxes(path: Path, keys: Iterable[str]) -> dict[str, list[TaxStep]]:
    """The steps of the series whose names a row's glob matches (`*oliva*`), oldest first; raises BadFile.

    Rates are fractions (0.04 for 4 %), days ISO. A row counts only at cutoffs on or after the day it was announced.
    """
    with _opened(path) as file:
        rows = csv.DictReader(file)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise BadFile(f"{path.name} lacks the columns {', '.join(missing)}; it needs {','.join(COLUMNS)}")
        read = [(row["series"].strip(), _step(row, place)) for place, row in enumerate(rows, start=2)]
    steps: dict[str, list[TaxStep]] = defaultdict(list)
    for key in keys:
        own = [step for pattern, step in read if fnmatchcase(key, pattern)]
        if own:
            steps[key] = sorted(own, key=lambda step: step.day)
    return dict(steps)


def _opened(path: Path) -> TextIO:
    try:
        return open_text(path, lambda _bytes: None)
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}") from error


def _step(row: dict[str, str], line: int) -> TaxStep:
    try:
        before, after = float(row["rate_before"]), float(row["rate_after"])
        day, announced = date.fromisoformat(row["from"].strip()), date.fromisoformat(row["announced"].strip())
    except (ValueError, AttributeError, TypeError) as error:
        raise BadFile(
            f"line {line}: write days as 2024-10-01 and rates as fractions (0.04 for 4 %): {error}"
        ) from error
    if not (0 <= before < 1 and 0 <= after < 1):
        raise BadFile(f"line {line}: rates are fractions below 1, for example 0.04 for 4 %")
    return TaxStep(day, (1 + after) / (1 + before), announced)
