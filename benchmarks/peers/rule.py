"""What a rule is: a page goes in, an amount or nothing comes out."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bs4 import BeautifulSoup


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text and parsed, with the marketplace of its address ("com", "de"); rules leave the tree as it is."""

    html: str
    soup: BeautifulSoup
    marketplace: str


Rule = Callable[[Page], Decimal | None]


@dataclass(frozen=True, slots=True)
class Peer:
    """One project's rules; `list_price` is None where the project reads none."""

    name: str
    price: Rule
    list_price: Rule | None = None
