"""What a chart shows beside the price, kinds of price and forecasts by a method: `show=prime,prophet`. Pure."""

from collections.abc import Collection

from forecasting.forecasters.registry import NAMED_METHODS
from scraping.offer import PriceKind
from scraping.price_kinds import COLUMN_OF

KINDS = tuple(kind.value for kind in COLUMN_OF if kind is not PriceKind.LIST)  # the list price is always drawn
SWITCHED = (*KINDS, *NAMED_METHODS)


def read_shown(named: str | None) -> tuple[str, ...]:
    """Return the kinds and methods named, each once and in a fixed order; nonsense is left out."""
    wanted = set((named or "")[:100].split(","))
    return tuple(kind for kind in SWITCHED if kind in wanted)


def switched(shown: Collection[str], kind: str) -> str:
    """Write the address's value with one kind or method switched on or off."""
    return ",".join(each for each in SWITCHED if (each in shown) != (each == kind))
