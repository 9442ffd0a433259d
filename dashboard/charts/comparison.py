"""Several products' prices as steps on one chart, drawn as SVG: it needs no script and prints. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from dashboard.charts.axis import month_marks, price_marks
from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.steps import steps
from dashboard.history import Stretch

LETTERS = "ABCDEF"
TOP, BOTTOM, RIGHT, APART = 12, 40, 28, 15
LEAST_SPAN = 0.12  # of the price: prices that hardly move must look so


@dataclass(frozen=True, slots=True)
class Line:
    """One product's prices in the chart's unit, and the letter that names it."""

    letter: str
    name: str
    stretches: tuple[Stretch, ...]
    max_gap: timedelta

    @property
    def prices(self) -> list[float]:
        """The prices there were."""
        return [stretch.price for stretch in self.stretches if stretch.price is not None]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a day and a price stand on the paper."""

    width: int
    height: int
    left: int
    first: datetime
    last: datetime
    low: float
    high: float

    def x(self, moment: datetime) -> float:
        """Across."""
        share = (moment - self.first) / max(self.last - self.first, timedelta(hours=1))
        return round(self.left + share * (self.width - self.left - RIGHT), 1)

    def y(self, price: float) -> float:
        """Down."""
        return round(TOP + (self.high - price) / (self.high - self.low) * (self.height - TOP - BOTTOM), 1)


def comparison_svg(lines: Sequence[Line], texts: ChartTexts, *, width: int, height: int, label: str) -> str:
    """Draw the lines on one scale that starts near the data; empty where there is no price."""
    drawn = [line for line in lines if line.prices]
    if not drawn:
        return ""
    prices = [price for line in drawn for price in line.prices]
    spare = max(LEAST_SPAN * (min(prices) + max(prices)) / 2 - (max(prices) - min(prices)), 0) / 2
    marks = price_marks(min(prices) - spare, max(prices) + spare)
    moments = [moment for line in drawn for stretch in line.stretches for moment in (stretch.first, stretch.last)]
    left = 16 + 7 * max(len(texts.money(mark)) for mark in marks)
    frame = Frame(width, height, left, min(moments), max(moments), marks[0], marks[-1])
    return "".join(
        [
            f'<svg class="comparison" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">',
            *_grid(frame, marks, texts),
            *(_path(line, frame) for line in drawn),
            *_letters(drawn, frame),
            "</svg>",
        ]
    )


def _grid(frame: Frame, marks: Sequence[float], texts: ChartTexts) -> list[str]:
    parts = []
    for mark in marks:
        y = frame.y(mark)
        parts.append(f'<line class="grid" x1="{frame.left}" x2="{frame.width - RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text x="{frame.left - 8}" y="{y + 4}" text-anchor="end">{escape(texts.money(mark))}</text>')
    floor = frame.height - BOTTOM
    most = 8 if frame.width > 600 else 4
    for day in month_marks(frame.first.date(), frame.last.date(), most=most):
        x = frame.x(_noon(day, frame.first))
        if x < frame.left:
            continue
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{floor}" y2="{floor + 5}"/>')
        for row, text in enumerate(texts.month(day).split("\n")):
            parts.append(f'<text x="{x}" y="{floor + 19 + 15 * row}" text-anchor="middle">{escape(text)}</text>')
    return parts


def _path(line: Line, frame: Frame) -> str:
    """The steps of one line: across, then up or down; a gap lifts the pen."""
    parts: list[str] = []
    pen_down = False
    for moment, price in zip(*steps(line.stretches, max_gap=line.max_gap), strict=True):
        if moment is None or price is None:
            pen_down = False
            continue
        x, y = frame.x(moment), frame.y(price)
        parts.append(f"H{x}V{y}" if pen_down else f"M{x} {y}")
        pen_down = True
    return f'<path class="line line-{line.letter}" d="{"".join(parts)}"><title>{escape(line.name)}</title></path>'


def _letters(lines: Sequence[Line], frame: Frame) -> list[str]:
    """A letter at the end of each line, pushed apart where lines end together."""
    ends = sorted((frame.y(line.prices[-1]), line.letter, frame.x(_end(line))) for line in lines)
    parts, above = [], float("-inf")
    for y, letter, x in ends:
        place = max(y, above + APART)
        above = place
        parts.append(f'<text class="name name-{letter}" x="{x + 7}" y="{place + 4}">{letter}</text>')
    return parts


def _end(line: Line) -> datetime:
    return max(stretch.last for stretch in line.stretches if stretch.price is not None)


def _noon(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=like.tzinfo)
