"""One sighting of a price: how much, by which rule, and how far the rule can be trusted."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from scraping.volume import UnitPrice


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
class OtherPrices:
    """Amounts on the page that are something else than the price, by what they are.

    Names: list, struck (where no price is seen), ordinary (before a deal), prime, subscribe, used, renewed, card (where
    paying at once costs less).
    """

    amounts: dict[str, Decimal]
    unit_price: UnitPrice | None = None
    paid_at_once: bool = False
    doubts: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> Decimal | None:
        """Return the amount of this name."""
        return self.amounts.get(name)

    def name_of(self, amount: Decimal) -> str | None:
        """Return what an amount is, or None where it is nothing known."""
        return next((name for name, known in self.amounts.items() if known == amount), None)
