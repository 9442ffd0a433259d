"""Which products are compared, read from the address; nonsense falls away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from dashboard.query_params.market_query import read_range

MOST = 6
UNITS = ("litre", "pack")
LONGEST_WORDS = 100
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class CompareQuery:
    """Up to six products in the order they were named, the unit and the time shown."""

    products: tuple[int, ...]
    unit: str = "litre"
    over: str = "365"
    left_out: int = 0
    words: str = ""

    def address(self, *, without: int | None = None, also: int | None = None, **changed: str) -> str:
        """The same comparison with something changed, as a query string; a search is not kept."""
        numbers = [*self.products, *([also] if also else [])]
        parts = [f"product={number}" for number in numbers if number != without]
        return "?" + "&".join(
            [*parts, f"by={changed.get('unit', self.unit)}", f"over={changed.get('over', self.over)}"]
        )


def read_compare_query(parameters: QueryDict) -> CompareQuery:
    """Read `?product=1&product=2&by=litre&over=365&find=picual`."""
    numbers = read_numbers(parameters.getlist("product"))
    unit, over = parameters.get("by", ""), parameters.get("over", "")
    return CompareQuery(
        products=numbers[:MOST],
        unit=unit if unit in UNITS else "litre",
        over=read_range(over),
        left_out=max(0, len(numbers) - MOST),
        words=parameters.get("find", "").replace("\0", "").strip()[:LONGEST_WORDS],
    )


def read_numbers(named: Sequence[str]) -> tuple[int, ...]:
    """Read the products' numbers, each once; nonsense falls away."""
    read = (int(text) for text in named[:100] if text.isascii() and text.isdecimal() and len(text) < 20)
    return tuple(dict.fromkeys(number for number in read if 0 < number <= LARGEST_ID))
