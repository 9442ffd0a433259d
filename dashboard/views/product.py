"""One product: its price per litre, whether to buy or wait, how far to trust that, and its whole history."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dashboard.chart_data import ChartData, price_chart
from dashboard.charts.fan import at_level
from dashboard.discount_check import discount_check
from dashboard.frame_address import frame_address
from dashboard.history import Stretch, daily, joined, last_price, statistics_over
from dashboard.price_statistics import price_statistics
from dashboard.query_params.market_query import read_range
from dashboard.query_params.shown_kinds import ON_A_PRODUCT, read_shown
from dashboard.selectors.last_visits import failed_last_visits, held_back
from dashboard.selectors.latest_forecasts import Outlook
from dashboard.selectors.product import ProductFacts, product_facts, product_stretches
from dashboard.selectors.siblings import Sibling, siblings
from dashboard.shown_chart import ShownChart, shown_chart
from dashboard.texts.discounts import discount_sentence
from dashboard.texts.not_read import amazon_switched_off
from dashboard.texts.odds import fall_chances, fall_sentence, odds_record_sentence
from dashboard.texts.price_level import standing
from dashboard.texts.prices_today import prices_today
from dashboard.texts.product_advice import method_outlooks_that_hold, outlook_that_holds, product_advice
from dashboard.texts.product_chips import product_chips
from dashboard.texts.product_notes import product_notes
from dashboard.texts.product_record import product_record_sentence
from dashboard.texts.statistics import statistics_lines
from dashboard.texts.trust import trust_sentence
from dashboard.views.alert_form import AlertForm
from forecasting.forecasters.prophet_curve import PROPHET
from forecasting.selectors.cheaper_offer import CheaperOffer, cheaper_offer
from forecasting.selectors.forecast_context import smallest_saving
from forecasting.selectors.method_record import product_method_record
from forecasting.selectors.product_record import product_record
from forecasting.selectors.training_scores import scores_of_shop
from forecasting.serialization.training_scores import odds_rows
from scraping.models import Product
from scraping.offer import OfferState

YEAR = timedelta(days=365)
TABLE_ROWS = 60
SHOWN_DAYS = (1, 3, 7, 14, 21, 30)


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One day of the forecast's table, for the pack; `method` is what a named method expects."""

    days: int
    low: float
    point: float
    high: float
    method: float | None = None


@require_safe
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one product."""
    return product_page(request, pk)


def product_page(request: HttpRequest, pk: int, *, refused: AlertForm | None = None) -> HttpResponse:
    """The page of a product; `refused` is an alert's form as it was sent, with what is wrong in it."""
    facts = product_facts(pk)
    if facts is None:
        raise Http404
    now = timezone.now()
    spells = product_stretches(pk)
    stretches = joined(spells, max_gap=facts.max_gap)
    outlook, leapt = outlook_that_holds(facts)
    over, shown = read_range(request.GET.get("over")), read_shown(request.GET.get("show"))
    methods = method_outlooks_that_hold(facts)
    prophet = methods.get(PROPHET)
    shows_prophet = prophet is not None and PROPHET in shown
    prices = daily(stretches, max_gap=facts.max_gap)
    year = statistics_over(prices, YEAR)
    check = discount_check(stretches, max_gap=facts.max_gap) if facts.state == "in_stock" else None
    failed = failed_last_visits([pk]).get(pk)
    others = siblings(facts)
    data = price_chart(facts, spells, outlook, methods, others)
    cheaper = _cheaper(facts, others, now)
    return render(
        request,
        "product.html",
        {
            "now": now,
            "product": facts,
            "over": over,
            "chart": _chart(data, over, shown) if data else None,
            "frame": frame_address("price", product=pk),
            "embed": request.build_absolute_uri(reverse("product_embed", args=[pk])),
            "csv": f"{reverse('data')}?product={pk}&format=csv",
            "prices_today": prices_today(facts),
            "advice": product_advice(facts, year, outlook, now, leapt=leapt),
            **(_reasons(facts, outlook, now) if outlook and facts.state == OfferState.IN_STOCK else {}),
            "prophet": prophet if shows_prophet else None,
            "prophet_record": _method_record(pk, PROPHET, now) if shows_prophet else "",
            "statistics": statistics_lines(price_statistics(spells, max_gap=facts.max_gap)),
            "year": year,
            "history_begins": spells[0].first if spells else None,
            "last_price": last_price(stretches),
            "per_litre": float(facts.litres) if facts.litres else None,
            "standing": standing(facts.price, year, facts.currency),
            "discount": discount_sentence(check, facts.currency) if check else None,
            "chips": product_chips(facts, year, check, now),
            "moves": [(7, facts.change_7), (30, facts.change_30), (365, facts.change_365)],
            "siblings": others,
            "cheaper": cheaper,
            "cheaper_change": -cheaper.saving if cheaper else None,
            "notes": product_notes(facts, held_back(pk)),
            "history": _table(stretches),
            "list_prices": any(stretch.list_price for stretch in stretches[-TABLE_ROWS:]),
            "shown": min(len(stretches), TABLE_ROWS),
            "stretches": len(stretches),
            "forecast": _forecast_lines(outlook, prophet if shows_prophet else None) if outlook else [],
            "outlook": outlook,
            "failed": failed,
            "not_read": amazon_switched_off() if facts.switched_off else "",
            "alert_form": refused or (_alert_form(request, facts) if request.user.is_authenticated else None),
            "late": facts.late(now),
        },
        status=422 if refused else 200,
    )


def _reasons(facts: ProductFacts, outlook: Outlook, now: datetime) -> dict[str, Any]:
    """Why to believe the advice; of no use beside what nobody can buy."""
    return {
        "fall_chances": fall_chances(outlook.odds),
        "fall_sentence": fall_sentence(outlook.odds, outlook.cutoff),
        "odds_record": _odds_record(facts, outlook),
        "trust": trust_sentence(outlook.skill, method=outlook.method),
        "came_of_it": product_record_sentence(product_record(facts.id, today=now.date())),
    }


def _chart(data: ChartData, over: str, shown: Collection[str]) -> ShownChart:
    """Draw the chart with what the address switches on."""
    label = gettext("Chart of the price history and the forecast; the tables below show the same figures")
    return shown_chart(data.chart.showing(shown), data.unit, over=over, usual=ON_A_PRODUCT, label=label)


def _alert_form(request: HttpRequest, facts: ProductFacts) -> AlertForm:
    """Suggest a price some per cent below today's."""
    by_litre = facts.litres is not None
    today = facts.per_litre if by_litre else facts.price
    suggested = (today * Decimal("0.95")).quantize(Decimal("0.01")) if today else None
    email = getattr(request.user, "email", "")
    initial = {"threshold": suggested, "email": email, "percent": 10, "direction": "down", "days": 90}
    return AlertForm(by_litre=by_litre, user=request.user, initial=initial)


def _cheaper(facts: ProductFacts, others: list[Sibling], now: datetime) -> CheaperOffer | None:
    """The same oil cheaper now; no query where no other pack or shop has a lower price per litre."""
    lowest = others[0].per_litre if others else None
    if lowest is None or facts.per_litre is None or lowest >= facts.per_litre:
        return None
    product = Product.objects.select_related("shop", "latest_spell").get(pk=facts.id)
    return cheaper_offer(product, smallest=smallest_saving(), now=now)


def _table(stretches: list[Stretch]) -> list[Stretch]:
    return stretches[::-1][:TABLE_ROWS]


def _method_record(pk: int, method: str, now: datetime) -> str:
    return product_record_sentence(product_method_record(pk, method, today=now.date()))


def _odds_record(facts: ProductFacts, outlook: Outlook) -> str:
    """How often such chances came true in the product's shop; no query where the forecast states none."""
    return odds_record_sentence(odds_rows(scores_of_shop(facts.shop))) if outlook.odds.chance else ""


def _forecast_lines(outlook: Outlook, other: Outlook | None) -> list[ForecastLine]:
    fan = outlook.fan
    low, high = at_level(fan, 0.10), at_level(fan, 0.90)
    return [
        ForecastLine(days, low[days - 1], fan.point[days - 1], high[days - 1], _expected(outlook, other, days))
        for days in SHOWN_DAYS
        if days <= len(fan.point)
    ]


def _expected(outlook: Outlook, other: Outlook | None, days: int) -> float | None:
    """What the other forecast expects on the same day."""
    place = days - 1 + (outlook.cutoff - other.cutoff).days if other else -1
    return other.point[place] if other and 0 <= place < len(other.point) else None
