"""Packs by size, as people look for them: the bottle, the jug, the crate. Pure."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SizeRange:
    """More than `over` litres and at most `most`, of the whole pack."""

    over: Decimal
    most: Decimal | None

    def holds(self, litres: Decimal) -> bool:
        """Tell whether a pack of so many litres is one of these."""
        return self.over < litres and (self.most is None or litres <= self.most)


SIZES = {
    "0.5": SizeRange(Decimal(0), Decimal("0.5")),
    "1": SizeRange(Decimal("0.5"), Decimal(1)),
    "3": SizeRange(Decimal(1), Decimal(3)),
    "5": SizeRange(Decimal(3), Decimal(5)),
    "more": SizeRange(Decimal(5), None),
}


def size_of(litres: Decimal | None) -> str:
    """Return the name of the range that holds a pack; empty for an unknown volume."""
    return next((name for name, size in SIZES.items() if litres is not None and size.holds(litres)), "")
