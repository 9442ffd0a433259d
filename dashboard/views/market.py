"""The market: what is cheap today, whether to buy or wait, the index of each oil, and every product in one table."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dashboard.charts.sparkline import Path, Scale, shared_scale, sparkline
from dashboard.query_params.compare_query import MOST
from dashboard.query_params.facets import matching, options
from dashboard.query_params.market_query import FILTERS, MarketQuery, read_query
from dashboard.selectors.below_usual import below_usual
from dashboard.selectors.doubtful_volumes import doubtful_volumes
from dashboard.selectors.grades import GradeLine, grade_lines
from dashboard.selectors.last_visits import FailedVisit, failed_last_visits
from dashboard.selectors.latest_forecasts import Outlook, latest_outlooks
from dashboard.selectors.market import PAGE, MarketRow, market_products, market_rows, product_groups
from dashboard.selectors.shops import ShopLine, market_moment, shop_lines, shows_simulated
from dashboard.texts import formats
from dashboard.texts.advice import AdviceSentence
from dashboard.texts.market import advice_names, pack_names, sort_names
from dashboard.texts.product_advice import row_advice
from dashboard.texts.trust import trust_sentence
from dashboard.views.market_filters import active_filters, address_without
from dashboard.views.market_index import shown_index
from dashboard.views.usual_pack import remember_pack, usual_pack


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the table with everything its cells say."""

    row: MarketRow
    spark: SafeString
    advice: AdviceSentence
    late: bool
    failed: FailedVisit | None


@dataclass(frozen=True, slots=True)
class ShownGrade:
    """One grade with its cheapest litre, its path and the advice for the bottle that holds it."""

    line: GradeLine
    spark: SafeString
    advice: AdviceSentence
    trust: str


@require_safe
def market(request: HttpRequest) -> HttpResponse:
    """Show the market of real prices, or that of simulated ones where it is requested or all there is."""
    now = timezone.now()
    query = read_query(request.GET.dict(), usual_pack=usual_pack(request))
    known = shop_lines()
    simulated = shows_simulated(known, prices=query.prices, shop=query.shop)
    shops = [line for line in known if line.simulated is simulated]
    moment = market_moment(shops, shop=query.shop, now=now)
    doubtful = doubtful_volumes()
    products = market_products(query, moment, doubtful=doubtful)
    groups = product_groups(query, moment)
    pages = Paginator(products, PAGE)
    pages.count = matching(groups, query)  # known already: spares a query
    page = pages.get_page(query.page)
    rows = market_rows(products, page=page.number) if pages.count else []
    grades = grade_lines(query, moment, doubtful=doubtful) if shops else []
    leading = min(grades, key=lambda line: line.grade != query.grade, default=None)
    cheap = below_usual(leading.grade, query, moment, doubtful=doubtful) if leading else None
    ids = [row.id for row in rows]
    outlooks = latest_outlooks({*ids, *(line.cheapest.id for line in grades), *([cheap.row.id] if cheap else [])})
    shown_grades = _grades(grades, query, outlooks, now)
    scale = shared_scale(row.prices for row in rows)
    response = render(
        request,
        "market.html",
        {
            "now": now,
            "query": query,
            "shops": known,
            "moment": moment,
            "kinds": _kinds(known, simulated=simulated),
            "packs": pack_names(),
            "lead": shown_grades[0] if shown_grades else None,
            "others": shown_grades[1:],
            "cheap": cheap,
            "cheap_is_lead": cheap is not None and leading is not None and cheap.row.id == leading.cheapest.id,
            "cheap_advice": row_advice(outlooks.get(cheap.row.id), cheap.row, now) if cheap else None,
            "rows": _rows(rows, scale, outlooks, failed_last_visits(ids), now),
            "scale": scale,
            "page": page,
            "options": options(groups, query),
            "advice_options": advice_names(),
            "active": active_filters(request.GET, query, groups, moment, count=not rows),
            "clear": address_without(request.GET, *FILTERS.values()),
            "sorts": sort_names(query.sort),
            "over": query.over,
            "grade_links": [line.grade for line in grades],
            "index": shown_index(shown_grades[0].line if shown_grades else None, query, moment),
            "doubtful": doubtful,
            "only_simulated": all(shop.simulated for shop in known),
            "nothing_to_compare": request.GET.get("compare") == "none",
            "most_compared": MOST,
        },
    )
    remember_pack(request, response)
    return response


def _kinds(shops: list[ShopLine], *, simulated: bool) -> list[tuple[str, int, bool]]:
    """The markets there are, real and simulated, with their products and whether it is the one shown."""
    counts = {
        name: sum(line.products for line in shops if line.simulated is kind)
        for name, kind in (("real", False), ("simulated", True))
    }
    return [(name, count, (name == "simulated") is simulated) for name, count in counts.items() if count]


def _rows(
    rows: list[MarketRow],
    scale: Scale,
    outlooks: dict[int, Outlook],
    failed: dict[int, FailedVisit],
    now: datetime,
) -> list[ShownRow]:
    return [
        ShownRow(
            row=row,
            spark=_spark(row.prices, scale),
            advice=row_advice(outlooks.get(row.id), row, now),
            late=row.late(now),
            failed=failed.get(row.id),
        )
        for row in rows
    ]


def _grades(
    lines: list[GradeLine], query: MarketQuery, outlooks: dict[int, Outlook], now: datetime
) -> list[ShownGrade]:
    """Put the requested grade first."""
    scale = shared_scale(line.prices for line in lines)
    ordered = sorted(lines, key=lambda line: line.grade != query.grade)
    return [
        ShownGrade(
            line=line,
            spark=_spark(line.prices, scale),
            advice=row_advice(outlooks.get(line.cheapest.id), line.cheapest, now),
            trust=_trust(outlooks.get(line.cheapest.id), line.cheapest),
        )
        for line in ordered
    ]


def _trust(outlook: Outlook | None, row: MarketRow) -> str:
    holds = outlook and not outlook.leapt(row.price) and not outlook.outlived(row.seen)
    return trust_sentence(outlook.skill, method=outlook.method) if outlook and holds else ""


def _spark(path: Path, scale: Scale) -> SafeString:
    if not path:
        return SafeString("")
    prices = [price for _, price in path]
    label = gettext("90 days: low %(low)s, high %(high)s, last %(last)s") % {
        "low": formats.plain_number(round(min(prices), 2)),
        "high": formats.plain_number(round(max(prices), 2)),
        "last": formats.plain_number(round(prices[-1], 2)),
    }
    return mark_safe(sparkline(path, scale, label=label))  # noqa: S308 - numbers, and a label it escapes
