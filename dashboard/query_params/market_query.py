"""The market page's parameters, read from its address; what is invalid falls back to the default."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from forecasting.policy.advice import Action
from scraping.grade import Grade

GRADES = tuple(grade.value for grade in Grade)
_COLUMNS = ("per_litre", "price", "change7", "change", "change365", "low", "title", "seen")
SORTS = ("grade", *_COLUMNS, *(f"-{name}" for name in _COLUMNS))
LONGEST_SEARCH = 80


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


PACK_LIMITS = {"1": Decimal(1), "2": Decimal(2), "5": Decimal(5), "any": None}  # litres of the whole pack
ADVICE: tuple[Action, ...] = ("buy", "wait", "no_hurry")
PRICES = ("real", "simulated")
RANGES: dict[str, timedelta | None] = {
    **{str(days): timedelta(days=days) for days in (30, 90, 180, 365)},
    "all": None,
}
USUAL = "365"


def read_range(named: str | None) -> str:
    """Return a range's name; nonsense is a year."""
    return named if named in RANGES else USUAL


# the fields of a query that filter the table -> their parameters in the address
FILTERS = {
    "grade": "grade",
    "shop": "shop",
    "brand": "brand",
    "size": "size",
    "advice": "advice",
    "in_stock": "stock",
    "words": "q",
}


@dataclass(frozen=True, slots=True)
class MarketQuery:
    """Filters, order and page of the market's table, the largest pack that may lead, how much of the index is shown."""

    grade: str = ""
    shop: str = ""
    brand: str = ""
    size: str = ""
    words: str = ""
    in_stock: bool = False
    advice: Action | Literal[""] = ""
    pack: str = "any"
    prices: str = ""
    sort: str = "grade"
    over: str = USUAL
    show: str = ""
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Tell whether anything is filtered away."""
        return bool(self.filters)

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of the filters that are set, in the form's order."""
        return tuple(name for name in FILTERS if getattr(self, name))

    @property
    def pack_limit(self) -> Decimal | None:
        """The most litres of a pack that may lead the page; None: any."""
        return PACK_LIMITS[self.pack]


def read_query(parameters: Mapping[str, str], *, usual_pack: str = "") -> MarketQuery:
    """Read the address's parameters; `usual_pack` is the largest pack a person buys where the address names none."""
    grade, sort, size, advice, prices = (
        parameters.get(name, "") for name in ("grade", "sort", "size", "advice", "prices")
    )
    pack = next((name for name in (parameters.get("pack"), usual_pack) if name in PACK_LIMITS), "any")
    page = parameters.get("page", "1")
    return MarketQuery(
        grade=grade if grade in GRADES else "",
        shop=parameters.get("shop", "")[:64].replace("\0", ""),
        brand=parameters.get("brand", "")[:128].replace("\0", ""),
        size=size if size in SIZES else "",
        words=" ".join(parameters.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH],
        in_stock=parameters.get("stock", "") == "1",
        advice=next((action for action in ADVICE if action == advice), ""),
        pack=pack,
        prices=prices if prices in PRICES else "",
        sort=sort if sort in SORTS else "grade",
        over=read_range(parameters.get("over")),
        show=parameters.get("show", "")[:100],
        page=min(int(page), 10_000) if page.isascii() and page.isdecimal() and int(page) else 1,
    )
