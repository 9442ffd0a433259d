"""A catalogue's price file true to life: bottles of every oil whose prices stand, and a few that change by the hour."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

PRODUCTS, DAYS = 1000, 1095
CHANGES = 0.039  # of the days, as measured on Spanish shelves
HOURLY, HOURLY_DAYS, HOURLY_CHANGES = 10, 30, 0.3  # so many products, for so long, at so many of the hours
SHOPS = ("Mercado norte", "Mercado sur", "Mercado este", "Mercado oeste")
OILS = (("Aceite de oliva virgen extra", 8.5), ("Aceite de oliva virgen", 7.5), ("Aceite de oliva suave", 6.5))
OILS += (
    ("Aceite de oliva virgen extra ecológico", 10.5),
    ("Aceite de orujo de oliva", 4.0),
    ("Aceite de girasol", 1.9),
)
PACKS = (("botella 500 ml", 0.5), ("botella 750 ml", 0.75), ("botella 1 L", 1.0), ("garrafa 5 L", 5.0))


def write_catalogue(path: Path, *, products: int, until: date) -> int:
    """Write a tidy CSV with a row a day and product, hourly at the end for a few; returns the number of rows."""
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("series_id", "title", "date", "price", "currency"))
        for number in range(products):
            oil, per_litre = OILS[number % len(OILS)]
            pack, litres = PACKS[number // len(OILS) % len(PACKS)]
            title = f"{oil} Almazara {number // 8}, {pack}"
            series = f"{SHOPS[number % len(SHOPS)]}|{number:04d}"
            for moment, cents in _path(random.Random(number), per_litre * litres, until, hourly=number < HOURLY):
                out.writerow((series, title, moment, f"{cents / 100:.2f}", "EUR"))
                rows += 1
    return rows


def _path(chance: random.Random, usual: float, until: date, *, hourly: bool) -> Iterator[tuple[str, int]]:
    """Moments and cents of one product, from three years ago until a day."""
    cents = round(100 * usual * chance.uniform(0.8, 1.3))
    dear = cents * 1.6
    for ago in range(DAYS - 1, -1, -1):
        day = until - timedelta(days=ago)
        by_the_hour = hourly and ago < HOURLY_DAYS
        for hour in range(24 if by_the_hour else 1):
            if chance.random() < (HOURLY_CHANGES if by_the_hour else CHANGES):
                cents = round(min(dear, max(dear / 3, cents * chance.uniform(0.92, 1.088))))
            yield (f"{day}T{hour:02}:00Z" if by_the_hour else f"{day}"), cents
