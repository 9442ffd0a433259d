"""How fast a price file comes in, against PostgreSQL's COPY of the same rows: `python -m benchmarks.import_prices`.

All read the same million lines of CSV. COPY only stores them, with or without a key that refuses a second row of a
series and day (the least a price table needs); the import checks every line, groups days into spells, makes products,
and can be repeated.
"""

import csv
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from benchmarks.data_folder import fresh_platform

SERIES, DAYS = 500, 2000
CHANGES = 0.039  # of the days, as measured on Spanish shelves
GOAL = 4.0
ROUNDS = 2
HEADER = ("series_id", "date", "price", "currency")


def write_file(path: Path) -> int:
    """Write the rows; returns how many."""
    chance, first = random.Random(7), date(2020, 1, 1)
    days = [(first + timedelta(days=number)).isoformat() for number in range(DAYS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for number in range(SERIES):
            cents = chance.randrange(300, 6000)
            for day in days:
                if chance.random() < CHANGES:
                    cents = max(100, round(cents * chance.uniform(0.9, 1.12)))
                name = f"bench|aceite-de-oliva-virgen-extra-numero-{number}-botella-750-ml"
                rows.writerow((name, day, f"{cents / 100:.2f}", "EUR"))
    return SERIES * DAYS


def copy_rows(path: Path) -> None:
    """Store the file's rows as they are."""
    _copy(path, "")


def copy_keyed_rows(path: Path) -> None:
    """Store the file's rows, each series and day once."""
    _copy(path, ", UNIQUE (series_id, date)")


def _copy(path: Path, key: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_rows")
        cursor.execute(f"CREATE TABLE bench_rows (series_id text, date date, price numeric, currency text{key})")
        with path.open("rb") as file, cursor.copy("COPY bench_rows FROM STDIN (FORMAT csv, HEADER true)") as copy:
            while piece := file.read(1 << 20):
                copy.write(piece)


def import_rows(path: Path) -> None:
    """Import the file into an empty platform."""
    from scraping.models import Product, Shop
    from scraping.services.import_prices import import_prices

    Product.objects.update(latest_spell=None)
    Shop.objects.all().delete()
    begun = time.monotonic()
    import_prices(path=path)
    seconds.append(time.monotonic() - begun)


seconds: list[float] = []


def timed(command: Callable[[Path], None], path: Path) -> float:
    """The best of some rounds, in seconds."""
    result = []
    for _ in range(ROUNDS):
        seconds.clear()
        begun = time.monotonic()
        command(path)
        result.append(seconds[0] if seconds else time.monotonic() - begun)  # emptying the platform is not importing
    return min(result)


def _outcome(ratio: float) -> str:
    return f"{ratio:.1f} ({'held' if ratio <= GOAL else 'MISSED'})"


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    fresh_platform()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prices.csv"
        rows = write_file(path)
        copied, keyed, imported = (timed(command, path) for command in (copy_rows, copy_keyed_rows, import_rows))
        again = time.monotonic()
        from scraping.models import PriceSpell
        from scraping.services.import_prices import import_prices

        changed = import_prices(path=path).changed
        again = time.monotonic() - again
        spells = PriceSpell.objects.count()
    same = "CHANGED SOMETHING" if changed else "nothing changes"
    ways = {
        "plain COPY, unchecked, no key": copied,
        "plain COPY, unchecked, each series and day once": keyed,
        f"`import_prices`: checked, grouped into {spells:,} spells": imported,
        f"the same file again ({same})": again,
    }
    with_key, without = _outcome(imported / keyed), _outcome(imported / copied)
    lines = [
        "## Importing a price file",
        "",
        f"{rows:,} daily rows of {SERIES} series as CSV, best of {ROUNDS}.",
        "",
        "| way | seconds | rows a second |",
        "|---|---|---|",
        *(f"| {way} | {took:.1f} | {rows / took:,.0f} |" for way, took in ways.items()),
        "",
        f"Goal, at most {GOAL:.0f} times COPY: with a key {with_key}, without {without}.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(section())
