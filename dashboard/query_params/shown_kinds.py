"""What a chart shows beside its leading line: `show=prime,prophet,-list`. Pure.

Some lines are shown unless they are switched off, which the address writes with a minus.
"""

from collections.abc import Collection

from forecasting.forecasters.registry import NAMED_METHODS
from scraping.offer import PriceKind
from scraping.price_kinds import COLUMN_OF

LIST, FAN, PRODUCER = PriceKind.LIST.value, "fan", "producer_price"
FORMER = {"origin": PRODUCER}  # in links from before the name changed
KINDS = tuple(kind.value for kind in COLUMN_OF if kind is not PriceKind.LIST)
MOST_PACKS = 3


def pack_key(number: int) -> str:
    """Name the line of another pack; the cheapest litre is number 1."""
    return f"pack{number}"


PACKS = tuple(pack_key(number) for number in range(1, MOST_PACKS + 1))
SWITCHED = (LIST, FAN, *KINDS, *NAMED_METHODS, *PACKS, PRODUCER)
ON_A_PRODUCT = (LIST, FAN)  # unless they are switched off
ON_AN_INDEX = (FAN, PRODUCER)


def read_shown(named: str | None, usual: Collection[str] = ON_A_PRODUCT) -> tuple[str, ...]:
    """Return what is shown, each once and in a fixed order; nonsense is left out."""
    wanted = {_current(key) for key in (named or "")[:100].split(",")}
    return tuple(key for key in SWITCHED if (f"-{key}" not in wanted if key in usual else key in wanted))


def _current(key: str) -> str:
    """The key as it is called now, with the minus it may have."""
    plain = key.removeprefix("-")
    return key.removesuffix(plain) + FORMER.get(plain, plain)


def written(shown: Collection[str], usual: Collection[str] = ON_A_PRODUCT) -> str:
    """Write what is shown as the address's value: only what differs from the usual."""
    return ",".join(("-" if key in usual else "") + key for key in SWITCHED if (key in shown) != (key in usual))


def switched(shown: Collection[str], key: str, usual: Collection[str] = ON_A_PRODUCT) -> str:
    """Write the address's value with one line switched on or off."""
    return written([each for each in SWITCHED if (each in shown) != (each == key)], usual)
