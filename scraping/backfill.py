"""What others say they saw, fitted in between what we saw ourselves. Pure.

Where we looked ourselves, our looks stand: a source may be an hour late or know less than the page (no coupon, no
list price), and a look of its own between two of ours would break our spell in two. So of what a source says

1. a look that agrees with our nearest one takes over its terms, and the spell goes on;
2. a look that contradicts both neighbours inside a stretch we watched is left out;
3. everything else fills the time we did not watch.

The same again changes nothing: looks taken in stand in the history at that very second, looks left out contradict the
same neighbours again. `scraping.spells` then groups the looks by its one rule.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import timedelta

from scraping.spells import Spell, Terms


def fit(spells: Sequence[Spell], observations: Iterable[tuple[int, Terms]], *, max_gap: timedelta) -> dict[int, Terms]:
    """All looks, second -> terms: those of the spells, and those a source said that fit in between."""
    longest = int(max_gap.total_seconds())
    seen = {second: spell.terms for spell in spells for second in spell.seconds}
    ours = sorted(seen)
    before: tuple[int, Terms] | None = None  # the nearest look at or before, ours or just taken in
    for second, terms in sorted(observations, key=lambda look: (look[0], look[1].rank())):
        if second in seen:
            continue  # a look stands there already
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
    known = [look for look in (one, other) if look]
    return max(known, key=lambda look: look[0], default=None)


def _agree(observed: Terms, known: Terms) -> bool:
    """Whether the same price in the same state is meant; what a source does not say it does not deny."""
    return (
        (observed.state, observed.price) == (known.state, known.price)
        and (observed.list_price is None or observed.list_price == known.list_price)
        and observed.seller_kind in {"unknown", known.seller_kind}
        and observed.coupon in {"", known.coupon}
    )
