"""From several products to their lines on one chart: in one currency, per litre or for the pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dashboard.charts.chart_unit import ChartUnit
from dashboard.charts.time_chart import TimeChart, days_line
from dashboard.history import daily, joined
from dashboard.selectors.compare import Compared
from dashboard.texts import formats

LETTERS = "ABCDEF"
LONGEST_BRAND = 14  # characters; the rest is in the table


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One product's prices of days in the chart's unit; `why_not` says why it can be on no chart."""

    letter: str
    name: str
    short_name: str
    prices: dict[date, float]
    why_not: str


def compared_unit(products: Sequence[Compared], *, by_litre: bool) -> ChartUnit:
    """The unit of a comparison: the first product names the currency."""
    return ChartUnit(products[0].facts.currency if products else "EUR", by_litre=by_litre)


def compared_lines(products: Sequence[Compared], unit: ChartUnit) -> list[ComparedLine]:
    """Each product with its letter, in the order named."""
    return [_line(letter, each, unit) for letter, each in zip(LETTERS, products, strict=False)]


def _line(letter: str, each: Compared, unit: ChartUnit) -> ComparedLine:
    facts = each.facts
    divisor = float(facts.litres) if unit.by_litre and facts.litres else 1.0
    prices = daily(joined(each.stretches, max_gap=facts.max_gap), max_gap=facts.max_gap)
    why_not = ""
    if facts.currency != unit.currency:
        why_not = gettext("its prices are in %(currency)s") % {"currency": facts.currency}
    elif unit.by_litre and not facts.litres:
        why_not = gettext("its volume is not known")
    short_name = " ".join(
        part for part in (facts.brand[:LONGEST_BRAND].strip(), facts.litres and formats.litres(facts.litres)) if part
    )
    return ComparedLine(
        letter, facts.name, short_name, {day: price / divisor for day, price in prices.items()}, why_not
    )


def compared_chart(lines: Sequence[ComparedLine]) -> TimeChart | None:
    """The chart of the lines that can stand on it; None without any."""
    drawn = [line for line in lines if line.prices and not line.why_not]
    if not drawn:
        return None
    return TimeChart(
        begin=min(min(line.prices) for line in drawn),
        end=max(max(line.prices) for line in drawn),
        lines=tuple(
            days_line(line.letter, line.name, line.prices, label=line.letter, end_name=line.short_name)
            for line in drawn
        ),
    )
