"""The market page's choices in the reader's words: orders, times, pack sizes."""

from django.utils.translation import gettext

from dashboard.query_params.market_query import PACK_LIMITS, SIZES, MarketQuery
from dashboard.texts.formats import plain_number
from dashboard.texts.states import GRADES, Text


def sort_names(chosen: str) -> list[tuple[str, str]]:
    """Return the orders the form offers; the table's heads offer each both ways, and what they chose stays chosen."""
    offered = [
        ("grade", gettext("by oil, cheapest first")),
        ("per_litre", gettext("cheapest litre")),
        ("price", gettext("cheapest pack")),
        ("low", gettext("closest to the year’s low")),
        ("change7", gettext("largest drop in 7 days")),
        ("change", gettext("largest drop in 30 days")),
        ("change365", gettext("largest drop in a year")),
        ("title", gettext("by name")),
        ("-seen", gettext("checked most recently")),
    ]
    known = chosen in {name for name, _ in offered}
    return offered if known else [*offered, (chosen, gettext("as in the table"))]


def range_names() -> list[tuple[str, str]]:
    """Return how much of a history can be shown, by its name in the address."""
    return [
        ("30", gettext("1 month")),
        ("90", gettext("3 months")),
        ("180", gettext("6 months")),
        ("365", gettext("1 year")),
        ("all", gettext("all")),
    ]


def size_name(value: str) -> str:
    """Write a range of pack sizes."""
    size = SIZES[value]
    over, most = plain_number(size.over), plain_number(size.most or 0)
    if size.most is None:
        return gettext("more than %(over)s l") % {"over": over}
    if not size.over:
        return gettext("up to %(most)s l") % {"most": most}
    return gettext("over %(over)s to %(most)s l") % {"over": over, "most": most}


def pack_names() -> list[tuple[str, str]]:
    """Return the largest packs a person can choose to see first, by their name in the address."""
    return [
        (name, gettext("any size") if most is None else gettext("up to %(most)s l") % {"most": plain_number(most)})
        for name, most in PACK_LIMITS.items()
    ]


def advice_names() -> list[tuple[str, str]]:
    """Return the advice that can be filtered by."""
    return [("buy", gettext("Buy now")), ("wait", gettext("Wait")), ("no_hurry", gettext("No hurry"))]


def filter_name(name: str, query: MarketQuery) -> Text:
    """Write a filter that is set."""
    match name:
        case "grade":
            return GRADES.get(query.grade, query.grade)
        case "size":
            return size_name(query.size)
        case "advice":
            return dict(advice_names())[query.advice]
        case "in_stock":
            return gettext("in stock")
        case "words":
            return gettext("“%(words)s”") % {"words": query.words}
        case _:
            return str(getattr(query, name))
