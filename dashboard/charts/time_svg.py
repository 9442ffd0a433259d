"""A chart over days as SVG: it stands at once, needs no script and prints. Pure.

static/dashboard/timeline.js draws the same anew for another range or width, number for number; a browser test holds
the two together. Colours and dashes are classes (timeline.css), so that dark mode is right in the first frame.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from math import floor

from dashboard.charts.axis import month_marks
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.time_chart import DayLine, ForecastLine, TimeChart, axis_marks, lowest

TOP, BOTTOM, APART = 26, 40, 15
GLYPH = 7  # pixels of a digit at 13 px, rounded up
NARROW = 600


@dataclass(frozen=True, slots=True)
class Paper:
    """Where a day and a price stand: `first` and `last` are the days at the edges, half a day inside them."""

    width: int
    height: int
    left: int
    right: int
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date, *, aside: float = 0.0) -> float:
        """Across; `aside` is in days."""
        share = ((day - self.first).days + aside + 0.5) / ((self.last - self.first).days + 1)
        return _tenth(self.left + share * (self.width - self.left - self.right))

    def y(self, price: float) -> float:
        """Down."""
        return _tenth(TOP + (self.high - price) / (self.high - self.low) * (self.height - TOP - BOTTOM))

    @property
    def floor(self) -> int:
        """The line of the days."""
        return self.height - BOTTOM


def time_svg(
    chart: TimeChart, texts: ChartTexts, *, first: date, last: date, width: int, height: int, label: str
) -> str:
    """Draw what is shown between two days; empty where that is nothing."""
    marks = axis_marks(chart, first, last, most=6 if width > NARROW else 5)
    if not marks:
        return ""
    left = 16 + GLYPH * max(len(texts.money(mark)) for mark in marks)
    ends = [texts.money(each.values[-1]) for each in chart.forecasts if each.shown]
    ends += [line.label for line in chart.lines if line.shown and line.label]
    right = 8 + GLYPH * max([1, *map(len, ends)]) if ends else 8
    paper = Paper(width, height, left, right, first, last, marks[0], marks[-1])
    return "".join(
        [
            f'<svg class="timeline" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">',
            *_gaps(chart, paper),
            *_price_axis(paper, marks, texts),
            *_day_axis(paper, texts),
            *(_bands(each, paper) for each in chart.forecasts if each.shown),
            *(f'<path class="line line-{key}" d="{path}"/>' for key, path in _lines(chart, paper)),
            *(_expected(each, paper) for each in chart.forecasts if each.shown),
            *_low(chart, paper, texts),
            *_forecast_begin(chart, paper, texts),
            *_ends(chart, paper, texts),
            "</svg>",
        ]
    )


def _lines(chart: TimeChart, paper: Paper) -> Iterator[tuple[str, str]]:
    """Each line to draw by its key, the leading one last and so on top."""
    for line in reversed(chart.lines):
        path = line_path(line, paper) if line.shown else ""
        if path:
            yield line.key, path


def line_path(line: DayLine, paper: Paper) -> str:
    """Draw one line within the paper's days: across and up or down, or straight strokes; a gap lifts the pen."""
    parts: list[str] = []
    held: float | None = None
    before = paper.first
    for day, price in line.within(paper.first, paper.last):
        if not line.steps:
            if price is not None:
                parts.append(f"{'M' if held is None else 'L'}{_pair(paper.x(day), paper.y(price))}")
        elif price != held:
            edge = paper.x(day, aside=-0.5)
            if held is not None:
                parts.append(f"H{_plain(edge)}")
            if price is not None:
                y = paper.y(price)
                parts.append(f"V{_plain(y)}" if held is not None else f"M{_pair(edge, y)}")
        held, before = price, day
    if line.steps and held is not None:
        parts.append(f"H{_plain(paper.x(before, aside=0.5))}")
    return "".join(parts)


def _gaps(chart: TimeChart, paper: Paper) -> list[str]:
    spans = [(max(gap.first, paper.first), min(gap.last, paper.last)) for gap in chart.gaps]
    drawn = []
    for first, last in spans:
        if first <= last:
            x, end = paper.x(first, aside=-0.5), paper.x(last, aside=0.5)
            drawn.append(
                f'<rect x="{_plain(x)}" y="{TOP}" width="{_plain(_tenth(end - x))}" height="{paper.floor - TOP}" '
                f'fill="url(#hatch-{paper.width})"/>'
            )
    if not drawn:
        return []
    pattern = (
        f'<defs><pattern id="hatch-{paper.width}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
    )
    return [pattern, *drawn]


def _price_axis(paper: Paper, marks: list[float], texts: ChartTexts) -> list[str]:
    parts = []
    for mark in marks:
        y = paper.y(mark)
        parts.append(
            f'<path class="grid" d="M{paper.left} {_plain(y)}H{paper.width - paper.right}"/>'
            f'<text x="{paper.left - 8}" y="{_plain(y + 4)}" text-anchor="end">{escape(texts.money(mark))}</text>'
        )
    return parts


def _day_axis(paper: Paper, texts: ChartTexts) -> list[str]:
    parts = []
    for day in month_marks(paper.first, paper.last, most=8 if paper.width > NARROW else 4):
        x = _plain(paper.x(day))
        parts.append(f'<path class="grid" d="M{x} {paper.floor}v5"/>')
        for row, text in enumerate(texts.month(day).split("\n")):
            y = paper.floor + 19 + 15 * row
            parts.append(f'<text x="{x}" y="{y}" text-anchor="middle">{escape(text)}</text>')
    return parts


def _bands(forecast: ForecastLine, paper: Paper) -> str:
    xs = [paper.x(forecast.cutoff, aside=number) for number in range(len(forecast.values))]
    parts = []
    for band in forecast.bands:
        upper = "L".join(_pair(x, paper.y(price)) for x, price in zip(xs, band.high, strict=True))
        lower = "L".join(_pair(x, paper.y(price)) for x, price in reversed(list(zip(xs, band.low, strict=True))))
        parts.append(f'<path class="band band-{forecast.key} band-{band.share}" d="M{upper}L{lower}Z"/>')
    return "".join(parts)


def _expected(forecast: ForecastLine, paper: Paper) -> str:
    points = (
        _pair(paper.x(forecast.cutoff, aside=number), paper.y(price)) for number, price in enumerate(forecast.values)
    )
    return f'<path class="line line-{forecast.key}" d="M{"L".join(points)}"/>'


def _low(chart: TimeChart, paper: Paper, texts: ChartTexts) -> list[str]:
    low = lowest(chart, paper.first, paper.last) if chart.marks_low else None
    if low is None:
        return []
    day, price = low
    x, y = paper.x(day), paper.y(price)
    text = texts.low.format(price=texts.money(price), day=texts.day(day))
    begin = max(paper.left, min(x, paper.x(chart.end) - GLYPH * len(text)))  # it ends before the forecast
    return [
        f'<circle class="low" cx="{_plain(x)}" cy="{_plain(y)}" r="4"/>',
        f'<text class="low-name" x="{_plain(begin)}" y="{_plain(y + 19)}">{escape(text)}</text>',
    ]


def _forecast_begin(chart: TimeChart, paper: Paper, texts: ChartTexts) -> list[str]:
    cutoffs = [each.cutoff for each in chart.forecasts if each.shown]
    if not cutoffs:
        return []
    x = _plain(paper.x(max(cutoffs)))
    return [
        f'<path class="begin" d="M{x} {TOP}V{paper.floor}"/>',
        f'<text x="{x}" y="{TOP - 10}" text-anchor="end">{escape(texts.forecast)}</text>',
    ]


def _ends(chart: TimeChart, paper: Paper, texts: ChartTexts) -> list[str]:
    """What stands at the ends of the lines, pushed apart where lines end together."""
    ends = [
        (paper.y(each.values[-1]), each.key, paper.x(each.end), texts.money(each.values[-1]))
        for each in chart.forecasts
        if each.shown
    ]
    for line in chart.lines:
        known = [(day, value) for day, value in line.within(paper.first, paper.last) if value is not None]
        if line.shown and line.label and known:
            ends.append((paper.y(known[-1][1]), line.key, paper.x(known[-1][0], aside=0.5), line.label))
    parts, above = [], float("-inf")
    for y, key, x, text in _ordered(ends):
        above = max(y, above + APART)
        parts.append(f'<text class="end end-{key}" x="{_plain(x + 5)}" y="{_plain(above + 4)}">{escape(text)}</text>')
    return parts


def _ordered(ends: Iterable[tuple[float, str, float, str]]) -> list[tuple[float, str, float, str]]:
    return sorted(ends, key=lambda end: (end[0], end[1]))


def _tenth(number: float) -> float:
    """Round as JavaScript's Math.round does."""
    return floor(number * 10 + 0.5) / 10


def _plain(number: float) -> str:
    return f"{round(number, 1):g}"


def _pair(x: float, y: float) -> str:
    return f"{_plain(x)} {_plain(y)}"
