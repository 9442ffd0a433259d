"""What can still be filtered by, with how many products each choice would show. Pure.

A filter's own choice does not narrow its own list: with one brand chosen, the others still show their counts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.query_params.market_query import GRADES, SIZES, MarketQuery

Name = Literal["grade", "shop", "brand", "size"]
NAMES: tuple[Name, ...] = ("grade", "shop", "brand", "size")
MOST_BRANDS = 200  # a longer list helps nobody: the search field finds the rest


@dataclass(frozen=True, slots=True)
class ProductGroup:
    """Products that no filter tells apart, and how many they are; the brand as its listings write it."""

    grade: str
    shop: str
    brand: str
    size: str
    products: int


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter: its value in the address and how many products it shows."""

    value: str
    products: int
    chosen: bool


def options(groups: Iterable[ProductGroup], query: MarketQuery) -> dict[Name, list[Option]]:
    """Return each filter's choices that show anything, and the one that is chosen even if it shows nothing."""
    groups = list(groups)
    spelling = _spellings(groups)
    counted: dict[Name, Counter[str]] = {name: Counter() for name in NAMES}
    for group in groups:
        missed = [name for name in NAMES if not _fits(group, query, name)]
        for name in NAMES if not missed else missed[:1] if len(missed) == 1 else ():
            counted[name][_value(group, name)] += group.products
    options: dict[Name, list[Option]] = {}
    for name, counts in counted.items():
        counts.pop("", None)
        wanted = _folded(getattr(query, name), name)
        if wanted:
            counts.setdefault(wanted, 0)
        ordered = _ordered(name, counts, wanted)
        options[name] = [
            Option(
                spelling.get(value, getattr(query, name)) if name == "brand" else value, counts[value], value == wanted
            )
            for value in ordered
        ]
    return options


def matching(groups: Iterable[ProductGroup], query: MarketQuery) -> int:
    """Return how many products fit all filters."""
    return sum(group.products for group in groups if all(_fits(group, query, name) for name in NAMES))


def loosened(groups: Iterable[ProductGroup], query: MarketQuery) -> dict[str, int]:
    """Return how many products each set filter of `NAMES` would let through if it alone were removed."""
    groups = list(groups)
    return {
        name: sum(
            group.products for group in groups if all(_fits(group, query, other) for other in NAMES if other != name)
        )
        for name in NAMES
        if getattr(query, name)
    }


def _fits(group: ProductGroup, query: MarketQuery, name: Name) -> bool:
    wanted = _folded(getattr(query, name), name)
    return not wanted or _value(group, name) == wanted


def _value(group: ProductGroup, name: Name) -> str:
    return _folded(getattr(group, name), name)


def _folded(value: str, name: Name) -> str:
    """Listings write one brand in small letters and in capitals."""
    return value.casefold() if name == "brand" else value


def _spellings(groups: Sequence[ProductGroup]) -> dict[str, str]:
    """Return how most listings write each brand."""
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group.brand] += group.products
    return {brand.casefold(): brand for brand, _ in reversed(counts.most_common())}


def _ordered(name: Name, counts: Counter[str], wanted: str) -> list[str]:
    if name == "brand":
        common = [value for value, _ in counts.most_common(MOST_BRANDS)]
        return sorted({*common, *([wanted] if wanted else [])})
    order = {"grade": GRADES, "size": tuple(SIZES)}.get(name)
    return [value for value in order if value in counts] if order else sorted(counts)
