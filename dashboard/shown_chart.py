"""A chart as a page shows it: drawn by the server, with what its script and its links need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from dashboard.charts.chart_unit import ChartUnit
from dashboard.charts.time_chart import TimeChart
from dashboard.charts.time_payload import payload
from dashboard.charts.time_svg import time_svg
from dashboard.query_params.market_query import RANGES
from dashboard.query_params.shown_kinds import switched
from dashboard.texts.charts import chart_words
from dashboard.texts.market import range_names

LOCALES = {"en": "en-GB", "es": "es-ES"}


@dataclass(frozen=True, slots=True)
class Switch:
    """One line that can be switched; `value` is what the address says then."""

    key: str
    name: str
    value: str
    on: bool


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart's picture (empty: nothing to draw), its figures for the script, its ranges and switches."""

    picture: SafeString
    figures: dict[str, object]
    ranges: list[tuple[str, str]]
    over: str
    switches: list[Switch]


def shown_chart(
    chart: TimeChart, unit: ChartUnit, *, over: str, label: str, usual: Collection[str] | None = None
) -> ShownChart:
    """Draw a chart over a range; its lines can be switched where some are shown as `usual`."""
    texts = chart_words(unit.currency, by_litre=unit.by_litre)
    first, last = chart.window(RANGES[over])
    picture = time_svg(chart, texts, first=first, last=last, label=label)
    switches = [] if usual is None else _switches(chart, usual)
    figures = payload(chart, texts, first=first, last=last) | {
        "currency": unit.currency,
        "unit": "/l" if unit.by_litre else "",
        "litres": unit.litres,
        "locale": LOCALES.get((get_language() or "en")[:2], "en-GB"),
    }
    return ShownChart(
        picture=mark_safe(picture),  # noqa: S308 - numbers and escaped texts
        figures=figures,
        ranges=range_names(),
        over=over,
        switches=switches,
    )


def _switches(chart: TimeChart, usual: Collection[str]) -> list[Switch]:
    others: Sequence[tuple[str, str, bool]] = [
        *((each.key, each.name, each.shown) for each in chart.forecasts),
        *((line.key, line.name, line.shown) for line in chart.lines[1:]),
    ]
    on = [key for key, _, shown in others if shown]
    absent = [key for key in usual if key not in {key for key, _, _ in others}]
    return [Switch(key, name, switched([*on, *absent], key, usual), shown) for key, name, shown in others]
