"""Fewer points for a line of steps than it has changes, without losing a corner anybody could see. Pure."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby, pairwise

BUCKETS = 400  # of time across the chart: on a wide screen one is three pixels

Moments = Sequence[datetime | None]
Prices = Sequence[float | None]


def thinned(x: Moments, y: Prices, *, buckets: int = BUCKETS) -> tuple[list[datetime | None], list[float | None]]:
    """Keep of each bucket of time the first, the lowest, the highest and the last point; None (a gap) always stays.

    Every point kept is one that was there, so a step stays at the moment it was observed. A line with no more
    points than would be kept stays whole.
    """
    known = [moment for moment in x if moment is not None]
    if len(known) <= 4 * buckets:
        return list(x), list(y)
    begin, span = known[0], max((known[-1] - known[0]).total_seconds(), 1.0)
    last = buckets - 1
    shares = [None if moment is None else (moment - begin).total_seconds() / span for moment in x]
    numbers = _numbers([None if share is None else min(int(share * buckets), last) for share in shares])
    chosen: list[int] = []
    for _, places in groupby(range(len(x)), key=numbers.__getitem__):
        chosen += _representative(list(places), y)
    return [x[place] for place in chosen], [y[place] for place in chosen]


def _numbers(buckets: Sequence[int | None]) -> list[tuple[int, int]]:
    """Number the buckets, each gap being one of its own, so that none reaches across a gap."""
    points, gap = [(0, buckets[0] or 0)], 0
    for before, bucket in pairwise(buckets):
        gap += (before is None) or (bucket is None)
        points.append((gap, bucket or 0))
    return points


def _representative(places: list[int], y: Prices) -> list[int]:
    heights = {place: price for place in places if (price := y[place]) is not None}
    if not heights:
        return places
    low, high = min(heights, key=heights.__getitem__), max(heights, key=heights.__getitem__)
    return sorted({places[0], low, high, places[-1]})
