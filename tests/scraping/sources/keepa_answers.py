"""Keepa answers as the API and its client describe them, written by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

ASIN = "B0OLIVE001"
TITLE = "Valdeluz Aceite de Oliva Virgen Extra, garrafa 5 L"
BEGIN = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)


def keepa_minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60 - 21_564_000


def day(number: float) -> int:
    """Keepa minutes of a moment so many days after the beginning."""
    return keepa_minutes(BEGIN + timedelta(days=number))


def product(
    amazon: list[int] | None = None, *, until: float = 100, asin: str = ASIN, domain: int = 9, **kinds: list[int]
) -> dict[str, Any]:
    """A product object; `amazon` and the other price types are [day, cents, ...], `buy_box` with shipping."""
    places = {"new": 1, "used": 2, "listed": 4, "buy_box": 18}
    csv: list[list[int] | None] = [None] * 34
    for place, points in [(0, amazon or []), *((places[name], points) for name, points in kinds.items())]:
        width = 3 if place == 18 else 2
        csv[place] = [day(value) if at % width == 0 else value for at, value in enumerate(points)] or None
    return {
        "asin": asin,
        "domainId": domain,
        "title": TITLE,
        "brand": "Valdeluz",
        "productType": 0,
        "lastUpdate": day(until),
        "csv": csv,
    }
