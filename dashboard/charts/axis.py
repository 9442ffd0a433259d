"""Where the marks of an axis stand: round prices, firsts of months."""

from datetime import date, timedelta
from math import ceil, floor, log10


def price_marks(low: float, high: float, *, most: int = 6) -> list[float]:
    """Return round prices from just below `low` to just above `high`."""
    if high <= low:
        high = low * 1.05 or 1.0
    rough = (high - low) / (most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(number * step, 6) for number in range(first, last + 1)]


def month_marks(first: date, last: date, *, most: int = 8) -> list[date]:
    """Return firsts of months, every one or so many that no more than `most` remain; weeks for a short time."""
    if (last - first).days <= 45:
        step = max(7, ceil((last - first).days / most))
        return [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    every = next((n for n in (1, 2, 3, 6, 12) if ceil(len(months) / n) <= most), 12)
    return [day for day in months if (day.month - 1) % every == 0]
