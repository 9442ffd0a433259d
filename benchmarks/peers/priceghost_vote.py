"""PriceGhost's vote of all candidates (since its 1.0.4), with no model configured and nobody choosing.

The stored copy of the project ends before 1.0.4; the vote was read in a later copy of the same file,
`backend/src/services/scraper.ts` (`scrapeProductWithVoting`, `findPriceConsensus`), and in `CHANGELOG.md`.
"""

from decimal import Decimal
from typing import NamedTuple

from bs4 import BeautifulSoup

from benchmarks.peers.priceghost import GENERIC, amazon_price, generic_amounts, json_ld_prices
from benchmarks.peers.rule import Page

# Amounts this near to each other are one price.
_NEAR = Decimal("0.05")
_ENOUGH = 3


class Candidate(NamedTuple):
    """An amount, and how far the project trusts the way it was found (0 to 1)."""

    amount: Decimal
    confidence: float


def price(page: Page) -> Decimal | None:
    """PriceGhost `scraper.ts`, `scrapeProductWithVoting`: the largest group of near amounts, else the most trusted."""
    candidates = _candidates(page.soup)
    if not candidates:
        return None
    groups = sorted(_groups(candidates), key=_weight, reverse=True)
    agreed = len(groups) == 1 or len(groups[0]) > len(groups[1]) or 2 * len(groups[0]) >= len(candidates)
    return max(groups[0] if agreed else candidates, key=lambda candidate: candidate.confidence).amount


def _candidates(soup: BeautifulSoup) -> list[Candidate]:
    """Return the candidates of JSON-LD, of the Amazon rules and of generic selectors, in this order."""
    candidates = [Candidate(amount, 0.9) for amount in json_ld_prices(soup)]
    amazon = amazon_price(soup)
    if amazon is not None:
        candidates.append(Candidate(amazon, 0.85))
    generic: dict[Decimal, None] = {}
    for selector in GENERIC:
        generic |= dict.fromkeys(generic_amounts(soup, selector))
        if len(generic) >= _ENOUGH:
            break
    return candidates + [Candidate(amount, 0.6) for amount in generic]


def _groups(candidates: list[Candidate]) -> list[list[Candidate]]:
    """Put each candidate into the first group whose first amount is near to its own."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        group = next((group for group in groups if _near(candidate.amount, group[0].amount)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    return groups


def _weight(group: list[Candidate]) -> tuple[int, float]:
    """Weigh a group by its votes, then by the mean of their confidence."""
    return len(group), sum(candidate.confidence for candidate in group) / len(group)


def _near(one: Decimal, other: Decimal) -> bool:
    """Tell whether two amounts differ by less than a twentieth of their mean."""
    return one == other or abs(one - other) / ((one + other) / 2) < _NEAR
