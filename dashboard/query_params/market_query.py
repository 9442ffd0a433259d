"""What the market page was asked for, read from its address; nonsense falls back to the default."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.query_params.pack_sizes import SIZES
from dashboard.query_params.time_ranges import USUAL, read_range
from scraping.grade import Grade

GRADES = tuple(grade.value for grade in Grade)
_COLUMNS = ("per_litre", "price", "change7", "change", "change365", "low", "title", "seen")
SORTS = ("grade", *_COLUMNS, *(f"-{name}" for name in _COLUMNS))
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class MarketQuery:
    """Filters, order and page of the market's table, and how much of the index is shown."""

    grade: str = ""
    shop: str = ""
    brand: str = ""
    size: str = ""
    words: str = ""
    in_stock: bool = False
    sort: str = "grade"
    over: str = USUAL
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Tell whether anything is filtered away."""
        return bool(self.grade or self.shop or self.brand or self.size or self.words or self.in_stock)


def read_query(parameters: Mapping[str, str]) -> MarketQuery:
    """Read the address's parameters."""
    grade, sort, size = (parameters.get(name, "") for name in ("grade", "sort", "size"))
    page = parameters.get("page", "1")
    return MarketQuery(
        grade=grade if grade in GRADES else "",
        shop=parameters.get("shop", "")[:64].replace("\0", ""),
        brand=parameters.get("brand", "")[:128].replace("\0", ""),
        size=size if size in SIZES else "",
        words=" ".join(parameters.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH],
        in_stock=parameters.get("stock", "") == "1",
        sort=sort if sort in SORTS else "grade",
        over=read_range(parameters.get("over")),
        page=min(int(page), 10_000) if page.isascii() and page.isdecimal() and int(page) else 1,
    )
