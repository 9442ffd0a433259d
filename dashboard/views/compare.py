"""Up to six products on one chart; the address holds the choice, so that it can be shared."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dashboard.charts.chart_unit import ChartUnit
from dashboard.charts.time_chart import TimeChart
from dashboard.compare_chart import ComparedLine, compared_chart, compared_lines, compared_unit
from dashboard.frame_address import frame_address
from dashboard.history import change
from dashboard.query_params.compare_query import MOST, CompareQuery, read_compare_query
from dashboard.query_params.market_query import RANGES
from dashboard.selectors.compare import Compared, ProductToAdd, compared_products, products_to_add
from dashboard.selectors.product import ProductFacts
from dashboard.shown_chart import ShownChart, shown_chart


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
    """Show the comparison, or how to make one; the market's form sent without a tick goes back there."""
    query = read_compare_query(request.GET)
    if not query.products and request.GET.get("from") == "market":
        return redirect(f"{reverse('market')}?compare=none#products")
    products = compared_products(query.products)
    unit = compared_unit(products, by_litre=query.unit == "litre")
    newest = max((each.facts.seen.date() for each in products if each.facts.seen), default=None)
    over = RANGES[query.over]
    since = newest - over if newest and over else date.min
    lines = compared_lines(products, unit)
    rows = [_row(line, each, query, since) for line, each in zip(lines, products, strict=True)]
    chart = compared_chart(lines)
    simulated = any(each.facts.adapter == "demo" for each in products)
    return render(
        request,
        "compare.html",
        {
            "now": timezone.now(),
            "query": query,
            "most": MOST,
            "rows": rows,
            "currency": unit.currency,
            "chart": _shown(chart, unit, query) if chart else None,
            "frame": frame_address("compare", products=",".join(map(str, query.products)), by=query.unit),
            "units": [
                ("litre", gettext("per litre"), query.address(unit="litre")),
                ("pack", gettext("the pack"), query.address(unit="pack")),
            ],
            "simulated": simulated,
            "may_add": len(query.products) < MOST,
            "to_add": _to_add(query, simulated=simulated),
        },
    )


def _row(line: ComparedLine, each: Compared, query: CompareQuery, since: date) -> ComparedRow:
    prices = {day: price for day, price in line.prices.items() if day >= since}
    until = max(prices, default=None)
    return ComparedRow(
        letter=line.letter,
        facts=each.facts,
        now=prices[until] if until and each.facts.price is not None else None,
        low=min(prices.values(), default=None),
        high=max(prices.values(), default=None),
        change=change(prices, until=until) if until else None,
        why_not=line.why_not or ("" if prices else gettext("no price in this period")),
        without=query.address(without=each.facts.id),
    )


def _to_add(query: CompareQuery, *, simulated: bool) -> list[tuple[ProductToAdd, str]]:
    """What the search finds, each with the address of the comparison that it joins."""
    if not query.words or len(query.products) >= MOST:
        return []
    matches = products_to_add(query.words, without=query.products, simulated=simulated)
    return [(each, query.address(also=each.id) + "#compared") for each in matches]


def _shown(chart: TimeChart, unit: ChartUnit, query: CompareQuery) -> ShownChart:
    label = gettext("Step chart of the products’ prices; the table below shows the figures.")
    return shown_chart(chart, unit, over=query.over, label=label)
