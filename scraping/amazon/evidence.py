"""One sighting of a price: how much, by which rule, and how far the rule can be trusted."""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum


class Trust(IntEnum):
    """What a sighting may do: OWN is the offer's price; a HINT can confirm a price but not make one."""

    HINT = 1
    OWN = 2


@dataclass(frozen=True, slots=True)
class Sighting:
    """A price seen on the page."""

    amount: Decimal
    currency: str | None
    rule: str
    trust: Trust = Trust.OWN


@dataclass(frozen=True, slots=True)
class Lesser:
    """Amounts on the page that are something else than the price, by what they are."""

    amounts: dict[str, Decimal]

    def name_of(self, amount: Decimal) -> str | None:
        """Return what a lesser amount is, or None where it is nothing known."""
        return next((name for name, known in self.amounts.items() if known == amount), None)
