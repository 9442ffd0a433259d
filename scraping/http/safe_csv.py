"""CSV that no spreadsheet mistakes for formulas."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from defusedcsv import csv

CONTROLS = ("\t", "\r", "\n")  # a formula may hide behind them (OWASP, "CSV Injection"); defusedcsv leaves them


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file, a line at a time; a text that would run as a formula gets an apostrophe before it."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(columns)
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([_without_controls(value) for value in row])
        yield line.getvalue()


def _without_controls(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(CONTROLS) else value
