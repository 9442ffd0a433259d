"""A price path of a few weeks, small enough for a table cell; all of one column share one scale."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import exp, log

WIDTH, HEIGHT, PAD = 120, 28, 4
HOLE_DAYS = 4
LEAST_SPAN = 0.05  # a price that hardly moves must not look like one that does

Path = Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale for a column: the last price sits in the middle, `span` is what a full half shows (log)."""

    span: float

    @property
    def percent(self) -> int:
        """Return the span in per cent, rounded."""
        return round((exp(self.span) - 1) * 100)


def shared_scale(paths: Iterable[Path]) -> Scale:
    """Return the scale that holds nine of ten paths; the rest is clipped at the edge."""
    spans = sorted(_span(path) for path in paths if path)
    if not spans:
        return Scale(LEAST_SPAN)
    return Scale(max(spans[min(int(len(spans) * 0.9), len(spans) - 1)], LEAST_SPAN))


def _span(path: Path) -> float:
    last, prices = path[-1][1], [price for _, price in path]
    return max(log(max(prices) / last), log(last / min(prices)))


def sparkline(path: Path, scale: Scale, *, label: str, first: date | None = None) -> str:
    """Draw the path as steps, mark its last price and its low; missing days stay empty.

    `path` is ascending in time; `first` is the day of the left edge (default: the path's own first day).
    """
    if not path:
        return ""
    start, end = first or path[0][0], path[-1][0]
    days = max((end - start).days, 1)
    last = path[-1][1]

    def place(day: date, price: float) -> tuple[float, float]:
        share = max(-1.0, min(1.0, log(price / last) / scale.span))
        x = PAD + (WIDTH - 2 * PAD) * (day - start).days / days
        return round(x, 1), round(HEIGHT / 2 - share * (HEIGHT / 2 - PAD), 1)

    low_day, low = min(path, key=lambda item: (item[1], -item[0].toordinal()))
    low_x, low_y = place(low_day, low)
    last_x, last_y = place(*path[-1])
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(label)}"><path class="spark-line" d="{_steps(path, place)}"/>'
        f'<circle class="spark-low" cx="{low_x}" cy="{low_y}" r="2"/>'
        f'<circle class="spark-last" cx="{last_x}" cy="{last_y}" r="2.5"/></svg>'
    )


def _steps(path: Path, place: Callable[[date, float], tuple[float, float]]) -> str:
    """Return the path data: across, then up or down; a hole of more than four days lifts the pen."""
    parts: list[str] = []
    before, held, height = path[0][0], path[0][1], 0.0
    for number, (day, price) in enumerate(path):
        if not number or (day - before).days > HOLE_DAYS:
            x, y = place(day, price)
            parts.append(f"H{place(before, held)[0]}M{x} {y}" if number else f"M{x} {y}")
            height = y
        elif price != held:
            x, y = place(day, price)
            if y != height:
                parts.append(f"H{x}V{y}")
            height = y
        before, held = day, price
    return "".join(parts) + f"H{place(before, held)[0]}"
