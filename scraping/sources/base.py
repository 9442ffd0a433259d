"""What every source speaks: who it is, why it may be off, what it knows of a listing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from scraping.amazon.marketplaces import Marketplace
from scraping.offer import Offer
from scraping.spells import Terms


@dataclass(frozen=True, slots=True)
class Step:
    """From this second (since 1970) on the terms held, until the next step."""

    second: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class ListingHistory:
    """What a source knows of one listing; the last step is known to have held until the second `until`."""

    asin: str
    marketplace: Marketplace
    title: str = ""
    brand: str = ""
    steps: tuple[Step, ...] = ()  # ascending
    until: int = 0


class Source(Protocol):
    """A source of offers that are true now."""

    name: str

    def why_off(self) -> str | None:
        """Why it cannot be used, in words for the operator; None if it can."""

    def offers(self, asins: Sequence[str], marketplace: Marketplace) -> Mapping[str, Offer]:
        """The present offer by ASIN; a listing the source does not know is left out. SourceFailed says why none."""


class HistorySource(Source, Protocol):
    """A source that also knows the past."""

    def histories(
        self, asins: Sequence[str], marketplace: Marketplace, *, done: Callable[[int], object]
    ) -> Sequence[ListingHistory]:
        """The past of these listings; `done` is called with how many came. SourceFailed says why it ends early."""


class SourceFailed(Exception):
    """The source refused or did not answer; its text never holds a key."""
