"""Up to six products on one chart; the address holds the choice, so that it can be shared."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dashboard.charts.comparison import LETTERS, Line, comparison_svg
from dashboard.history import Stretch, change, daily, joined
from dashboard.query_params.compare_query import MOST, RANGES, CompareQuery, read_compare_query
from dashboard.selectors.compare import Compared, compared_products
from dashboard.selectors.product import ProductFacts
from dashboard.texts.charts import chart_words

SIZES = {"wide": (1120, 420), "narrow": (366, 320)}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One line of the table; prices in the chart's unit. `why_not` says why it is not on the chart."""

    letter: str
    facts: ProductFacts
    now: float | None
    low: float | None
    high: float | None
    change: float | None
    why_not: str
    without: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the comparison, or how to make one."""
    query = read_compare_query(request.GET)
    products = compared_products(query.products, days=query.days)
    currency = products[0].facts.currency if products else "EUR"
    lines = [_line(letter, each, query) for letter, each in zip(LETTERS, products, strict=False)]
    rows = [_row(line, each, query, currency) for line, each in zip(lines, products, strict=True)]
    drawn = [line for line, row in zip(lines, rows, strict=True) if not row.why_not]
    return render(
        request,
        "compare.html",
        {
            "now": timezone.now(),
            "query": query,
            "most": MOST,
            "rows": rows,
            "currency": currency,
            "charts": _charts(drawn, currency, by_litre=query.unit == "litre"),
            "units": [
                ("litre", gettext("per litre"), query.address(unit="litre")),
                ("pack", gettext("the pack"), query.address(unit="pack")),
            ],
            "ranges": [(over, _range(over), query.address(over=over)) for over in RANGES],
            "simulated": any(each.facts.adapter == "demo" for each in products),
        },
    )


def _range(over: str) -> str:
    return {"90": gettext("3 months"), "365": gettext("1 year")}.get(over, gettext("all"))


def _line(letter: str, each: Compared, query: CompareQuery) -> Line:
    divisor = float(each.facts.litres) if query.unit == "litre" and each.facts.litres else 1.0
    stretches: list[Stretch] = [
        replace(stretch, price=None if stretch.price is None else stretch.price / divisor) for stretch in each.stretches
    ]
    joint = joined(stretches, max_gap=each.facts.max_gap)
    return Line(letter, each.facts.name, tuple(joint), each.facts.max_gap)


def _row(line: Line, each: Compared, query: CompareQuery, currency: str) -> ComparedRow:
    facts = each.facts
    prices = daily(line.stretches, max_gap=facts.max_gap)
    until = max(prices, default=None)
    why_not = ""
    if facts.currency != currency:
        why_not = gettext("its prices are in %(currency)s") % {"currency": facts.currency}
    elif query.unit == "litre" and not facts.litres:
        why_not = gettext("its volume is not known")
    elif not prices:
        why_not = gettext("no price in this period")
    return ComparedRow(
        letter=line.letter,
        facts=facts,
        now=prices[until] if until and facts.price is not None else None,
        low=min(prices.values(), default=None),
        high=max(prices.values(), default=None),
        change=change(prices, until=until) if until else None,
        why_not=why_not,
        without=query.address(without=facts.id),
    )


def _charts(lines: list[Line], currency: str, *, by_litre: bool) -> list[tuple[str, SafeString]]:
    """The chart for a wide and for a narrow page: text in a picture does not shrink well."""
    texts = chart_words(currency, by_litre=by_litre)
    label = gettext("Step chart of the products’ prices; the table below shows the figures.")
    drawn = {
        name: comparison_svg(lines, texts, width=width, height=height, label=label)
        for name, (width, height) in SIZES.items()
    }
    return [(name, mark_safe(svg)) for name, svg in drawn.items() if svg]  # noqa: S308 - numbers and escaped texts
