"""Which candidate a person's rule picks where the readers disagree. Pure."""

from collections.abc import Iterable

from scraping.offer import Candidate, PriceKind

LONGEST_PLACE = 128


def chosen_candidate(candidates: Iterable[Candidate], *, kind: str, where: str = "") -> Candidate | None:
    """The candidate of this kind at this place, else of this kind anywhere; None where those are several amounts."""
    of_kind = [candidate for candidate in candidates if candidate.kind is PriceKind(kind)]
    there = [candidate for candidate in of_kind if where and candidate.where[:LONGEST_PLACE] == where]
    possible = there or of_kind
    return possible[0] if len({candidate.amount for candidate in possible}) == 1 else None
