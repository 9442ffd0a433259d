"""How often prices fell inside the intervals, against how often they should have: a small chart as SVG. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW, TOP, BOTTOM, LEFT, RIGHT = 360, 34, 26, 24, 92, 14
NOMINAL = (0.80, 0.95)
USUAL_FLOOR = 0.5


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One line of the chart: its name, and the shares inside the 80 % and the 95 % interval."""

    name: str
    inside_80: float | None
    inside_95: float | None


def coverage_svg(rows: Sequence[CoverageRow], *, label: str, percent: Callable[[float], str]) -> str:
    """Draw a dot for each share and a line from it to where it should be; the axis begins at half, and says so."""
    shares = [share for row in rows for share in (row.inside_80, row.inside_95) if share is not None]
    floor = min([USUAL_FLOOR, *(int(share * 10) / 10 for share in shares)])
    height = TOP + ROW * len(rows) + BOTTOM

    def place(share: float) -> float:
        return round(LEFT + (share - floor) / (1 - floor) * (WIDTH - LEFT - RIGHT), 1)

    parts = [f'<svg class="coverage" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">']
    for nominal in NOMINAL:
        x = place(nominal)
        parts.append(f'<line class="coverage-aim" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{height - BOTTOM}"/>')
        parts.append(f'<text x="{x}" y="{TOP - 12}" text-anchor="middle">{percent(nominal)}</text>')
    for number, row in enumerate(rows):
        y = TOP + ROW * number + ROW / 2
        parts.append(f'<text x="0" y="{y + 4}">{escape(row.name)}</text>')
        for nominal, share, kind in zip(NOMINAL, (row.inside_80, row.inside_95), ("80", "95"), strict=True):
            if share is not None:
                parts.append(_dot(place(nominal), place(share), y, kind))
    axis = height - BOTTOM
    parts.append(f'<line class="coverage-axis" x1="{place(floor)}" x2="{place(1.0)}" y1="{axis}" y2="{axis}"/>')
    for mark in (floor, 1.0):
        anchor = "start" if mark == floor else "end"
        parts.append(f'<line class="coverage-axis" x1="{place(mark)}" x2="{place(mark)}" y1="{axis}" y2="{axis + 5}"/>')
        parts.append(f'<text x="{place(mark)}" y="{height - 6}" text-anchor="{anchor}">{percent(mark)}</text>')
    return "".join([*parts, "</svg>"])


def _dot(aim: float, share: float, y: float, kind: str) -> str:
    return (
        f'<line class="coverage-miss" x1="{aim}" x2="{share}" y1="{y}" y2="{y}"/>'
        f'<circle class="coverage-{kind}" cx="{share}" cy="{y}" r="5"/>'
    )
