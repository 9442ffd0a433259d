"""Which candidate a person's rule picks where the readers disagree. Pure."""

from collections.abc import Iterable

from scraping.offer import Candidate, PriceKind


def chosen_candidate(candidates: Iterable[Candidate], *, kind: str, where: str = "") -> Candidate | None:
    """The candidate of this kind at this place on the page, else the one of this kind if all of them are one amount."""
    of_kind = [candidate for candidate in candidates if candidate.kind is PriceKind(kind)]
    if there := [candidate for candidate in of_kind if where and candidate.where == where]:
        return there[0]
    return of_kind[0] if len({candidate.amount for candidate in of_kind}) == 1 else None
