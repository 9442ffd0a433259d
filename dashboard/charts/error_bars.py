"""Errors compared with assuming that the price stays, with their 95 % intervals: a small chart as SVG. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW, TOP, BOTTOM, SIDE = 360, 44, 24, 24, 8
USUAL, MOST = 0.1, 0.6  # the axis reaches at least and at most so far to each side; beyond it stands an arrow
CAP = 5


@dataclass(frozen=True, slots=True)
class ErrorBar:
    """One line of the chart: changes of the error, -0.12 is 12 % less; `kind` is its style, as of a change."""

    name: str
    value: float
    low: float | None
    high: float | None
    kind: str
    figure: str


def error_bars_svg(bars: Sequence[ErrorBar], *, label: str, zero: str, percent: Callable[[float], str]) -> str:
    """Draw a dot and its interval for each, against a line at no difference; the axis is cut off far from it."""
    ends = [abs(end) for bar in bars for end in (bar.value, bar.low, bar.high) if end is not None]
    reach = min(MOST, max([USUAL, *(1.05 * end for end in ends)]))
    height = TOP + ROW * len(bars) + BOTTOM

    def place(change: float) -> float:
        inside = max(-reach, min(reach, change))
        return round(SIDE + (inside + reach) / (2 * reach) * (WIDTH - 2 * SIDE), 1)

    middle = place(0.0)
    parts = [
        f'<svg class="error-bars" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">',
        f'<line class="error-zero" x1="{middle}" x2="{middle}" y1="{TOP - 6}" y2="{height - BOTTOM}"/>',
        f'<text x="{middle}" y="{TOP - 10}" text-anchor="middle">{escape(zero)}</text>',
    ]
    for number, bar in enumerate(bars):
        y = TOP + ROW * number
        parts.append(f'<text class="error-name" x="0" y="{y + 14}">{escape(bar.name)}</text>')
        parts.append(f'<text x="{WIDTH}" y="{y + 14}" text-anchor="end">{escape(bar.figure)}</text>')
        parts.append(f'<g class="error-{escape(bar.kind)}">{_bar(bar, y + 28, place, reach)}</g>')
    for change, anchor in ((-reach, "start"), (reach, "end")):
        x = 0 if change < 0 else WIDTH
        parts.append(f'<text x="{x}" y="{height - 6}" text-anchor="{anchor}">{percent(change)}</text>')
    return "".join([*parts, "</svg>"])


def _bar(bar: ErrorBar, y: int, place: Callable[[float], float], reach: float) -> str:
    parts = []
    if bar.low is not None and bar.high is not None:
        low, high = place(bar.low), place(bar.high)
        parts.append(f'<line x1="{low}" x2="{high}" y1="{y}" y2="{y}"/>')
        ends = [x for x, end in ((low, bar.low), (high, bar.high)) if abs(end) <= reach]
        parts += [f'<line x1="{x}" x2="{x}" y1="{y - CAP}" y2="{y + CAP}"/>' for x in ends]
    x = place(bar.value)
    if abs(bar.value) <= reach:
        return "".join([*parts, f'<circle cx="{x}" cy="{y}" r="5"/>'])
    tip = x + CAP if bar.value > 0 else x - CAP
    return "".join([*parts, f'<path d="M{x} {y - CAP}L{tip} {y}L{x} {y + CAP}Z"/>'])
