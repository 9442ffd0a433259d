"""From tables to what the price chart shows: per litre where the volume is known, else for the pack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from dashboard.charts.contents import KindLine, MethodLine, PriceChart
from dashboard.charts.fan import Fan
from dashboard.history import Gap, Stretch, gaps, joined, kinds_of, of_kind
from dashboard.selectors.last_visits import FailedVisit, failures_between
from dashboard.selectors.latest_forecasts import Outlook, latest_outlook
from dashboard.selectors.product import ProductFacts, product_facts, product_stretches
from dashboard.texts import formats
from dashboard.texts.product_advice import method_outlook_that_holds
from dashboard.texts.states import FAILED_VISITS, STATES
from forecasting.forecasters.registry import NAMED_METHODS


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart and the unit it is in."""

    chart: PriceChart
    currency: str
    by_litre: bool


def price_chart(product_id: int, *, over: timedelta | None, shown: Sequence[str] = ()) -> ChartData | None:
    """Read one product's chart over a time before its last visit; None for an unknown product.

    Of the kinds of price to be shown it has those that were seen in that time, of the methods those whose forecast
    holds.
    """
    facts = product_facts(product_id)
    if facts is None:
        return None
    since = facts.seen - over if over and facts.seen else None
    divisor = float(facts.litres) if facts.litres else 1.0
    spells = product_stretches(product_id, since=since)
    stretches = [_clipped(stretch, since, divisor) for stretch in joined(spells, max_gap=facts.max_gap)]
    holes = gaps(stretches, max_gap=facts.max_gap)
    failures = failures_between(product_id, holes[0].first, holes[-1].last) if holes else []
    outlook = latest_outlook(product_id)
    fresh = outlook and facts.seen and not outlook.outlived(facts.seen)
    chart = PriceChart(
        title=facts.name,
        stretches=tuple(stretches),
        gaps=tuple(holes),
        max_gap=facts.max_gap,
        fan=_fan(outlook, divisor) if fresh and outlook else None,
        gap_reasons=tuple(_reason(gap, failures) for gap in holes),
        kinds=tuple(
            KindLine(kind, tuple(_clipped(s, since, divisor) for s in of_kind(spells, kind, max_gap=facts.max_gap)))
            for kind in shown
            if kind in kinds_of(spells)
        ),
        methods=tuple(_method_lines(facts, shown, divisor)),
    )
    return ChartData(chart, facts.currency, by_litre=facts.litres is not None)


def _clipped(stretch: Stretch, since: datetime | None, divisor: float) -> Stretch:
    first = max(stretch.first, since) if since else stretch.first
    price = None if stretch.price is None else stretch.price / divisor
    listed = None if stretch.list_price is None else stretch.list_price / divisor
    return replace(stretch, first=first, price=price, list_price=listed)


def _method_lines(facts: ProductFacts, shown: Sequence[str], divisor: float) -> Iterator[MethodLine]:
    for method in NAMED_METHODS:
        outlook = method_outlook_that_holds(facts, method) if method in shown else None
        if outlook is not None:
            yield MethodLine(method, _fan(outlook, divisor))


def _fan(outlook: Outlook, divisor: float) -> Fan:
    return Fan(
        cutoff=outlook.cutoff,
        last_price=outlook.last_price / divisor,
        levels=outlook.levels,
        quantiles=tuple(tuple(value / divisor for value in day) for day in outlook.quantiles),
        point=tuple(value / divisor for value in outlook.point),
    )


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
