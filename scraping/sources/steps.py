"""Steps into observations: a source's "this price held from then to then" as what a spell is made of. Pure.

A step's observations are its first second, the last minute before the next step, and the points between of one grid,
fixed for all times: noon UTC of every day, or a finer grid where a shop's `max_gap` is shorter than a day. So

- a price held for months is one spell: no two of its observations are further apart than `max_gap`;
- they depend on the steps alone: the same file, or a newer one with the same past, gives the same observations again;
- no local day is lost: noon UTC lies on the same date from Honolulu to Auckland's winter.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from scraping.sources.base import Step
from scraping.spells import Terms

DAY, NOON, MINUTE = 86_400, 43_200, 60


def observations_of_steps(steps: Sequence[Step], *, until: int, max_gap: timedelta) -> Iterator[tuple[int, Terms]]:
    """The observations (second, terms) of ascending steps, the last of which held until the second `until`."""
    pause = min(DAY, max(MINUTE, int(max_gap.total_seconds())))
    for at, step in enumerate(steps):
        closed = at + 1 < len(steps)
        last = steps[at + 1].second - MINUTE if closed else until
        yield step.second, step.terms
        begin = step.second + 1
        for second in range(begin + (NOON - begin) % pause, last, pause):
            yield second, step.terms
        if last > step.second:
            yield last, step.terms
