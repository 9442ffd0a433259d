"""The filters that are set on the market page: their names, how to remove each, and what that would show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict

from dashboard.query_params.facets import ProductGroup, loosened, matching
from dashboard.query_params.market_query import FILTERS, MarketQuery
from dashboard.selectors.market import product_groups
from dashboard.selectors.shops import MarketMoment
from dashboard.texts.market import filter_name
from dashboard.texts.states import Text


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One set filter; `products` is how many would fit without it, None where that was not counted."""

    name: Text
    address: str
    products: int | None


def active_filters(
    parameters: QueryDict, query: MarketQuery, groups: Iterable[ProductGroup], moment: MarketMoment, *, count: bool
) -> list[ActiveFilter]:
    """The set filters; counted only where nothing is found: a query each for words, stock and advice."""
    counts: dict[str, int] = {}
    if count:
        counts.update(loosened(groups, query))
        counts.update(_counts_without(query, moment))
    return [
        ActiveFilter(filter_name(name, query), address_without(parameters, FILTERS[name]), counts.get(name))
        for name in query.filters
    ]


def address_without(parameters: QueryDict, *names: str) -> str:
    """The page's address with some parameters removed, at the table, on its first page."""
    kept = parameters.copy()
    for name in (*names, "page", "compare"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}#products"


def _counts_without(query: MarketQuery, moment: MarketMoment) -> dict[str, int]:
    loosened_queries = {
        "words": replace(query, words=""),
        "in_stock": replace(query, in_stock=False),
        "advice": replace(query, advice=""),
    }
    return {
        name: matching(product_groups(loose, moment), loose)
        for name, loose in loosened_queries.items()
        if name in query.filters
    }
