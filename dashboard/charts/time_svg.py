"""A chart over days as one picture for every width: it stands at once, needs no script and prints. Pure.

Days and prices are placed by shares of the plot's width and height, lines in a drawing that is stretched to it; texts
and dots keep their size. So nothing is drawn anew when the page gets narrower. Colours, dashes and heights are classes
(timeline.css), and dark mode is right in the first frame. timeline.js puts what is read at a day on top.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard.charts.axis import month_marks
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.time_chart import DayLine, ForecastLine, TimeChart, axis_marks, lowest

ACROSS, DOWN = 1000, 400  # the units of the stretched drawing
GLYPH = 7  # pixels of a digit at 13 px, rounded up
APART = 0.065  # of the height: a line of text on a phone
MOST_PRICES, MOST_DAYS = 6, 8


@dataclass(frozen=True, slots=True)
class Frame:
    """The days and the prices at the edges of the plot; half a day of room before the first and after the last."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date, *, aside: float = 0.0) -> float:
        """The share of the width at the middle of a day; `aside` is in days."""
        return ((day - self.first).days + aside + 0.5) / ((self.last - self.first).days + 1)

    def y(self, price: float) -> float:
        """The share of the height, from the top."""
        return (self.high - price) / (self.high - self.low)


def frame_of(chart: TimeChart, first: date, last: date) -> Frame | None:
    """The frame of what is shown between two days; None where that is nothing."""
    marks = axis_marks(chart, first, last, most=MOST_PRICES)
    return Frame(first, last, marks[0], marks[-1]) if marks else None


def time_svg(chart: TimeChart, texts: ChartTexts, *, first: date, last: date, label: str) -> str:
    """Draw what is shown between two days, as HTML; empty where that is nothing."""
    frame = frame_of(chart, first, last)
    if frame is None:
        return ""
    marks = axis_marks(chart, first, last, most=MOST_PRICES)
    return "".join(
        [
            f'<div class="timeline" role="img" aria-label="{escape(label)}">',
            *_price_axis(frame, marks, texts),
            '<svg class="area">',
            *_gaps(chart, frame),
            *_grid(frame, marks),
            f'<svg viewBox="0 0 {ACROSS} {DOWN}" preserveAspectRatio="none" width="100%" height="100%">',
            *(_bands(each, frame) for each in chart.forecasts if each.shown),
            *(f'<path class="line line-{key}" d="{path}"/>' for key, path in _lines(chart, frame)),
            *(_expected(each, frame) for each in chart.forecasts if each.shown),
            "</svg>",
            *_low(chart, frame, texts),
            *_forecast_begin(chart, frame, texts),
            *_ends(chart, frame, texts),
            "</svg>",
            *_room_at_the_end(chart, texts),
            *_day_axis(frame, texts),
            "</div>",
        ]
    )


def _price_axis(frame: Frame, marks: list[float], texts: ChartTexts) -> Iterator[str]:
    """The prices left of the plot, in a picture as wide as the longest of them."""
    width = 16 + GLYPH * max(len(texts.money(mark)) for mark in marks)
    yield f'<svg class="prices" width="{width}">'
    for mark in marks:
        text = escape(texts.money(mark))
        yield f'<text x="{width - 8}" y="{_share(frame.y(mark))}" dy="4" text-anchor="end">{text}</text>'
    yield "</svg>"


def _day_axis(frame: Frame, texts: ChartTexts) -> Iterator[str]:
    """The days below the plot; on a phone every other one, those with a January."""
    days = month_marks(frame.first, frame.last, most=MOST_DAYS)
    kept = next((number % 2 for number, day in enumerate(days) if (day.month, day.day) == (1, 1)), 0)
    yield '<svg class="days">'
    for number, day in enumerate(days):
        x = _share(frame.x(day))
        yield f'<g class="spare">{_tick(x)}' if number % 2 != kept else f"<g>{_tick(x)}"
        for row, text in enumerate(texts.month(day).split("\n")):
            yield f'<text x="{x}" y="{19 + 15 * row}" text-anchor="middle">{escape(text)}</text>'
        yield "</g>"
    yield "</svg>"


def _tick(x: str) -> str:
    return f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="5"/>'


def _grid(frame: Frame, marks: list[float]) -> Iterator[str]:
    for mark in marks:
        y = _share(frame.y(mark))
        yield f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>'


def _gaps(chart: TimeChart, frame: Frame) -> list[str]:
    drawn = []
    for gap in chart.gaps:
        first, last = max(gap.first, frame.first), min(gap.last, frame.last)
        if first <= last:
            x = frame.x(first, aside=-0.5)
            wide = frame.x(last, aside=0.5) - x
            drawn.append(f'<rect x="{_share(x)}" width="{_share(wide)}" height="100%" fill="url(#hatch)"/>')
    if not drawn:
        return []
    pattern = (
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
    )
    return [pattern, *drawn]


def _lines(chart: TimeChart, frame: Frame) -> Iterator[tuple[str, str]]:
    """Each line to draw by its key, the leading one last and so on top."""
    for line in reversed(chart.lines):
        path = line_path(line, frame) if line.shown else ""
        if path:
            yield line.key, path


def line_path(line: DayLine, frame: Frame) -> str:
    """Draw one line within the frame's days: across and up or down, or straight strokes; a gap lifts the pen."""
    parts: list[str] = []
    held: float | None = None
    before = frame.first
    for day, price in line.within(frame.first, frame.last):
        if not line.steps:
            if price is not None:
                parts.append(f"{'M' if held is None else 'L'}{_pair(frame.x(day), frame.y(price))}")
        elif price != held:
            edge = frame.x(day, aside=-0.5)
            if held is not None:
                parts.append(f"H{_plain(edge * ACROSS)}")
            if price is not None:
                y = frame.y(price)
                parts.append(f"V{_plain(y * DOWN)}" if held is not None else f"M{_pair(edge, y)}")
        held, before = price, day
    if line.steps and held is not None:
        parts.append(f"H{_plain(frame.x(before, aside=0.5) * ACROSS)}")
    return "".join(parts)


def _bands(forecast: ForecastLine, frame: Frame) -> str:
    parts = []
    for band in forecast.bands:
        edge = [*_points(forecast, band.high, frame), *reversed(_points(forecast, band.low, frame))]
        parts.append(f'<path class="band band-{forecast.key} band-{band.share}" d="M{"L".join(edge)}Z"/>')
    return "".join(parts)


def _expected(forecast: ForecastLine, frame: Frame) -> str:
    return f'<path class="line line-{forecast.key}" d="M{"L".join(_points(forecast, forecast.values, frame))}"/>'


def _points(forecast: ForecastLine, values: Iterable[float], frame: Frame) -> list[str]:
    return [_pair(frame.x(forecast.cutoff, aside=number), frame.y(price)) for number, price in enumerate(values)]


def _low(chart: TimeChart, frame: Frame, texts: ChartTexts) -> list[str]:
    low = lowest(chart, frame.first, frame.last) if chart.marks_low else None
    if low is None:
        return []
    day, price = low
    x, y = frame.x(day), _share(frame.y(price))
    text = texts.low.format(price=texts.money(price), day=texts.day(day))
    # The name reaches left as far as the day is on its way to the forecast: within a plot of any width, and before it.
    left = round(GLYPH * len(text) * x / frame.x(chart.end))
    return [
        f'<circle class="low" cx="{_share(x)}" cy="{y}" r="4"/>',
        f'<text class="low-name" x="{_share(x)}" dx="-{left}" y="{y}" dy="19">{escape(text)}</text>',
    ]


def _forecast_begin(chart: TimeChart, frame: Frame, texts: ChartTexts) -> list[str]:
    cutoffs = [each.cutoff for each in chart.forecasts if each.shown]
    if not cutoffs:
        return []
    x = _share(frame.x(max(cutoffs)))
    return [
        f'<line class="begin" x1="{x}" x2="{x}" y1="0" y2="100%"/>',
        f'<text x="{x}" y="-10" text-anchor="end">{escape(texts.forecast)}</text>',
    ]


def _ends(chart: TimeChart, frame: Frame, texts: ChartTexts) -> list[str]:
    """What stands at the ends of the lines, pushed apart where lines end together."""
    ends = [
        (frame.y(each.values[-1]), each.key, frame.x(each.end), texts.money(each.values[-1]), "")
        for each in chart.forecasts
        if each.shown
    ]
    for line in chart.lines:
        known = [(day, value) for day, value in line.within(frame.first, frame.last) if value is not None]
        if line.shown and line.label and known:
            ends.append((frame.y(known[-1][1]), line.key, frame.x(known[-1][0], aside=0.5), line.label, line.end_name))
    parts, above = [], float("-inf")
    for y, key, x, text, name in sorted(ends):
        above = max(y, above + APART)
        more = f'<tspan class="end-name" dx="5">{escape(name)}</tspan>' if name else ""
        place = f'x="{_share(x)}" dx="5" y="{_share(above)}" dy="4"'
        parts.append(f'<text class="end end-{key}" {place}>{escape(text)}{more}</text>')
    return parts


def _room_at_the_end(chart: TimeChart, texts: ChartTexts) -> Iterator[str]:
    """A strip right of the plot as wide as its lines' ends; a second one where the page is wide enough for names."""
    named = [line for line in chart.lines if line.shown and line.label]
    ends = [len(texts.money(each.values[-1])) for each in chart.forecasts if each.shown]
    ends += [len(line.label) for line in named]
    yield f'<svg class="room" width="{8 + GLYPH * max(ends, default=0)}" height="1"></svg>'
    if any(line.end_name for line in named):
        longest = max(len(line.label) + len(line.end_name) for line in named)
        yield f'<svg class="room-for-names" width="{13 + GLYPH * longest}" height="1"></svg>'


def _share(share: float) -> str:
    return f"{round(share * 100, 2):g}%"


def _plain(number: float) -> str:
    return f"{round(number, 1):g}"


def _pair(x: float, y: float) -> str:
    return f"{_plain(x * ACROSS)} {_plain(y * DOWN)}"
