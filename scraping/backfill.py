"""A source's observations, fitted in between our own. Pure.

Where we have our own observations, they stand: a source may be an hour late or know less than the page (no coupon, no
list price), and an observation of its own between two of ours would break our spell in two. Of a source's
observations

1. one that agrees with our nearest takes over its terms, and the spell goes on;
2. one that contradicts both neighbours inside a time we watched is left out;
3. everything else fills the time we did not watch.

The same file again changes nothing: what was taken in is there at that very second, what was left out contradicts the
same neighbours again. `scraping.spells` then groups the observations by its one rule.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import timedelta

from scraping.spells import Spell, Terms


def fit(spells: Sequence[Spell], observations: Iterable[tuple[int, Terms]], *, max_gap: timedelta) -> dict[int, Terms]:
    """All observations, second -> terms: those of the spells, and those of a source that fit in between."""
    longest = int(max_gap.total_seconds())
    seen = {second: spell.terms for spell in spells for second in spell.seconds}
    ours = sorted(seen)
    before: tuple[int, Terms] | None = None  # the nearest observation at or before, ours or just taken in
    for second, terms in sorted(observations, key=lambda observation: (observation[0], observation[1].rank())):
        if second in seen:
            continue  # an observation stands there already
        at = bisect_right(ours, second)
        earlier = _later((ours[at - 1], seen[ours[at - 1]]) if at else None, before)
        later = (ours[at], seen[ours[at]]) if at < len(ours) else None
        watched = 0 < at < len(ours) and ours[at] - ours[at - 1] <= longest
        near = [earlier[1]] if earlier and second - earlier[0] <= longest else []
        if watched and later:
            near.append(later[1])
        taken = next((known for known in near if _agree(terms, known)), None if watched else terms)
        if taken is not None:
            before = (second, taken)
            seen[second] = taken
    return seen


def _later(one: tuple[int, Terms] | None, other: tuple[int, Terms] | None) -> tuple[int, Terms] | None:
    known = [observation for observation in (one, other) if observation]
    return max(known, key=lambda observation: observation[0], default=None)


def _agree(observed: Terms, known: Terms) -> bool:
    """Whether the same price in the same state is meant; what a source does not say it does not deny."""
    if (observed.state, observed.price) != (known.state, known.price):
        return False
    others = [field for field in fields(Terms) if field.name not in {"state", "price"}]
    return all(getattr(observed, field.name) in {field.default, getattr(known, field.name)} for field in others)
