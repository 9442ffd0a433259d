"""`manage.py read_pages DIR --json`: what the reader makes of saved pages. Needs no database."""

import gzip
import json
import os
import sys
import zlib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from scraping.amazon.document import MAX_BYTES
from scraping.amazon.page_record import Record, page_record, unreadable_record

_SUFFIXES = (".html", ".htm", ".html.gz", ".htm.gz")
_COLUMNS = (
    ("file", 36),
    ("kind", 8),
    ("state", 18),
    ("price", 10),
    ("currency", 4),
    ("litres", 7),
    ("title", 50),
)


class Command(BaseCommand):
    """Read saved Amazon pages and print what they say, a line a page."""

    help = "Read saved Amazon pages (.html, .html.gz) and print what they say; needs no database."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a folder or files, and the form to print in."""
        parser.add_argument("paths", nargs="*", type=Path, metavar="DIR", help="folders (read recursively) or files")
        parser.add_argument("--file", action="append", type=Path, default=[], help="one more file to read")
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")

    def handle(self, *args: object, **options: object) -> None:
        """Read every page and print one line for each."""
        wanted = [*_paths(options["paths"]), *_paths(options["file"])]
        if not wanted:
            raise CommandError("Name a folder of saved pages, or a page.")
        for path in wanted:
            if not path.exists():
                raise CommandError(f"{path} does not exist: name a folder of saved pages, or a page.")
        try:
            self._print(wanted, as_json=bool(options["json"]))
        except BrokenPipeError:
            # `read_pages DIR | head` has seen enough; nothing may be flushed into the closed pipe at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(self, wanted: list[Path], *, as_json: bool) -> None:
        """Print one line a page, as soon as it is read."""
        if not as_json:
            self.stdout.write("  ".join(name.ljust(width) for name, width in _COLUMNS))
        for root, path in _pages(wanted):
            record = read_file(path, _name(root, path))
            self.stdout.write(json.dumps(record, ensure_ascii=False) if as_json else _line(record))


def read_file(path: Path, name: str) -> Record:
    """Read one saved page; a file that cannot be opened is a record with the reason, never an error."""
    try:
        html = _content(path)
    except (OSError, EOFError, zlib.error) as error:
        return unreadable_record(name, f"unreadable file: {type(error).__name__}: {error}"[:200])
    return page_record(name, html)


def _content(path: Path) -> bytes:
    """Return at most the first 8 MiB of a page, unpacked: a gzip bomb costs no more."""
    opener = gzip.open if path.name.lower().endswith(".gz") else Path.open
    with opener(path, "rb") as file:
        return bytes(file.read(MAX_BYTES))


def _paths(value: object) -> list[Path]:
    """Return the paths of an option."""
    return [path for path in value if isinstance(path, Path)] if isinstance(value, list) else []


def _pages(wanted: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each page with the folder it was found under, in the order of names; other files are skipped."""
    for path in wanted:
        if path.is_dir():
            files = (file for file in path.rglob("*") if file.name.lower().endswith(_SUFFIXES) and file.is_file())
            yield from ((path, file) for file in sorted(files))
        elif path.name.lower().endswith(_SUFFIXES):
            yield path.parent, path


def _name(root: Path, path: Path) -> str:
    """Return the name a page is reported under: its path below the given folder."""
    return path.relative_to(root).as_posix()


def _line(record: Record) -> str:
    """Lay a record out for people."""
    return "  ".join(str(record.get(name) or "-")[:width].ljust(width) for name, width in _COLUMNS).rstrip()
