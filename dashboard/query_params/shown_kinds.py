"""Which kinds of price a chart shows beside the price: `show=prime,used` in its address. Pure."""

from collections.abc import Collection

from scraping.offer import PriceKind
from scraping.price_kinds import COLUMN_OF

SWITCHED = tuple(kind.value for kind in COLUMN_OF if kind is not PriceKind.LIST)  # the list price is always drawn


def read_shown(named: str | None) -> tuple[str, ...]:
    """Return the kinds named, each once and in a fixed order; nonsense is left out."""
    wanted = set((named or "")[:100].split(","))
    return tuple(kind for kind in SWITCHED if kind in wanted)


def switched(shown: Collection[str], kind: str) -> str:
    """Write the address's value with one kind switched on or off."""
    return ",".join(each for each in SWITCHED if (each in shown) != (each == kind))
