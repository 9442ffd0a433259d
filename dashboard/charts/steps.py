"""Prices as steps: across until the next price begins, and never across a time without visits."""

from datetime import datetime, timedelta

from dashboard.history import Stretch


def steps(stretches: tuple[Stretch, ...], *, max_gap: timedelta) -> tuple[list[datetime | None], list[float | None]]:
    """Return the points of a line of shape "hv": a price holds until the next begins, and a gap breaks the line."""
    x: list[datetime | None] = []
    y: list[float | None] = []
    for number, stretch in enumerate(stretches):
        if stretch.price is None:
            continue
        x.append(stretch.first)
        y.append(stretch.price)
        following = stretches[number + 1] if number + 1 < len(stretches) else None
        held = following is not None and following.first - stretch.last <= max_gap
        if held and following is not None and following.price is not None:
            continue
        x += [following.first if held and following else stretch.last, None]
        y += [stretch.price, None]
    return x, y
