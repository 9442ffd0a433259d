"""From tables to what the price chart can show: per litre where the volume is known, else for the pack."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext

from dashboard.charts.chart_unit import ChartUnit
from dashboard.charts.time_chart import DayLine, ForecastLine, GapDays, TimeChart, days_line, forecast_line
from dashboard.history import DAY, Gap, Stretch, daily, gaps, joined, kinds_of, of_kind
from dashboard.index_data import producer_price
from dashboard.query_params.shown_kinds import KINDS, MOST_PACKS, PRODUCER, pack_key
from dashboard.selectors.compare import stretches_of
from dashboard.selectors.last_visits import FailedVisit, failures_between
from dashboard.selectors.latest_forecasts import Outlook
from dashboard.selectors.product import ProductFacts, product_facts, product_stretches
from dashboard.selectors.siblings import Sibling, siblings
from dashboard.texts import formats
from dashboard.texts.methods import METHOD_NAMES
from dashboard.texts.price_kinds import PRICE_KINDS
from dashboard.texts.product_advice import method_outlooks_that_hold, outlook_that_holds
from dashboard.texts.states import FAILED_VISITS, STATES
from scraping.models import Adapter

FAR_ABOVE = 1.3  # a list price further above every price than this would squeeze the rest
METHOD_BANDS = ("80",)


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart and the unit it is in."""

    chart: TimeChart
    unit: ChartUnit


def read_price_chart(product_id: int) -> ChartData | None:
    """Read one product's chart; None for an unknown product or one without a price."""
    facts = product_facts(product_id)
    if facts is None:
        return None
    outlook, _ = outlook_that_holds(facts)
    methods = method_outlooks_that_hold(facts)
    return price_chart(facts, product_stretches(product_id), outlook, methods, siblings(facts))


def price_chart(
    facts: ProductFacts,
    spells: Sequence[Stretch],
    outlook: Outlook | None,
    methods: Mapping[str, Outlook],
    others: Sequence[Sibling],
) -> ChartData | None:
    """Make the chart of a product's own spells with everything that can be switched on; None without any price."""
    stretches = joined(spells, max_gap=facts.max_gap)
    prices = daily(stretches, max_gap=facts.max_gap)
    if not prices:
        return None
    litres = float(facts.litres) if facts.litres else None
    divisor = litres or 1.0
    begin, end = min(prices), max(stretches[-1].last.date(), *prices)
    lines = [
        days_line("price", gettext("Price"), prices, divisor=divisor),
        *_list_price(stretches, facts, max(prices.values()), divisor),
        *_kinds(spells, facts, divisor),
    ]
    if litres:
        lines += [*_packs(others, facts, begin), *_producer_price(facts, begin, end)]
    forecasts: list[ForecastLine] = []
    if outlook:
        forecasts.append(forecast_line(outlook.fan, key="fan", name=gettext("Forecast"), divisor=divisor))
    for method, name in METHOD_NAMES.items():
        if other := methods.get(method):
            forecasts.append(forecast_line(other.fan, key=method, name=str(name), divisor=divisor, shares=METHOD_BANDS))
    chart = TimeChart(
        begin=begin,
        end=end,
        lines=tuple(lines),
        forecasts=tuple(forecasts),
        gaps=tuple(_gaps(facts, stretches, prices)),
        marks_low=True,
    )
    return ChartData(chart, ChartUnit(facts.currency, by_litre=litres is not None, litres=litres))


def _list_price(stretches: Sequence[Stretch], facts: ProductFacts, highest: float, divisor: float) -> Iterator[DayLine]:
    listed = [
        Stretch(each.first, each.last, _listed(each, highest), each.state)
        for each in stretches
        if each.price is not None
    ]
    prices = daily(listed, max_gap=facts.max_gap)
    if prices:
        yield days_line("list", gettext("List price"), prices, divisor=divisor)


def _listed(stretch: Stretch, highest: float) -> float | None:
    price = stretch.list_price
    return price if price and price <= highest * FAR_ABOVE else None


def _kinds(spells: Sequence[Stretch], facts: ProductFacts, divisor: float) -> Iterator[DayLine]:
    seen = kinds_of(spells)
    for kind in KINDS:
        if kind in seen:
            prices = daily(of_kind(spells, kind, max_gap=facts.max_gap), max_gap=facts.max_gap)
            yield days_line(kind, capfirst(str(PRICE_KINDS[kind])), prices, divisor=divisor)


def _packs(others: Sequence[Sibling], facts: ProductFacts, begin: date) -> Iterator[DayLine]:
    """The same oil in other packs and shops, per litre."""
    chosen = [each for each in others if each.litres][:MOST_PACKS]
    spells = stretches_of([each.id for each in chosen], since=begin) if chosen else {}
    for number, each in enumerate(chosen, 1):
        prices = daily(spells.get(each.id, []), max_gap=facts.max_gap)
        if prices and each.litres:
            name = f"{formats.litres(each.litres)}, {each.shop}"
            yield days_line(pack_key(number), name, prices, divisor=float(each.litres))


def _producer_price(facts: ProductFacts, begin: date, end: date) -> Iterator[DayLine]:
    """What producers got for this oil; real quotes are not shown beside made-up prices."""
    quotes = None if facts.adapter == Adapter.DEMO else producer_price(facts.grade, facts.currency, begin, end)
    if quotes:
        yield quotes.line(PRODUCER)


def _gaps(facts: ProductFacts, stretches: Sequence[Stretch], prices: Mapping[date, float]) -> Iterator[GapDays]:
    """The whole days without a price, with the reason of each silence."""
    holes = gaps(stretches, max_gap=facts.max_gap)
    failures = failures_between(facts.id, holes[0].first, holes[-1].last) if holes else []
    for hole in holes:
        first, last = hole.first.date(), hole.last.date()
        while first <= last and first in prices:
            first += DAY
        while last >= first and last in prices:
            last -= DAY
        if first <= last:
            yield GapDays(first, last, _reason(hole, failures))


def _reason(gap: Gap, failures: list[FailedVisit]) -> str:
    """Say why there is no price: what was seen instead, or how the visits failed."""
    when = _between(gap.first.date(), gap.last.date())
    if gap.state != "no_look":
        return f"{STATES.get(gap.state, gap.state)}, {when}"
    kinds = [failure.status for failure in failures if gap.first <= failure.at <= gap.last]
    if kinds:
        return f"{FAILED_VISITS.get(max(set(kinds), key=kinds.count), kinds[0])}, {when}"
    return gettext("not checked, %(when)s") % {"when": when}


def _between(first: date, last: date) -> str:
    return formats.day(first) if first == last else f"{formats.day(first)} – {formats.day(last)}"
