"""The picture that a shared link shows: the price in large figures, what to do, and its path. Pure.

1200 x 630 pixels, as Open Graph's readers expect. Drawn at twice the size and scaled down, so that lines are smooth.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dashboard.charts.palette import LIGHT
from dashboard.charts.time_chart import DayLine, TimeChart
from dashboard.charts.time_svg import Frame, frame_of

WIDTH, HEIGHT = 1200, 630
TWICE = 2
MARGIN = 64
PLOT_TOP, PLOT_FLOOR = 392, 548
SANS, SERIF = "DejaVuSans.ttf", "DejaVuSerif-Bold.ttf"
FONTS = Path(__file__).parent / "fonts"
TONES = {"buy": LIGHT.sea, "wait": LIGHT.brick}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ShareCard:
    """The texts of a picture, in the reader's language; empty ones are left out.

    `tone` is the advice's action. The chart's leading line is drawn from `first` to its end.
    """

    title: str
    number: str
    detail: str
    advice: str
    tone: str
    foot: str
    chart: TimeChart | None
    first: date | None


def share_picture(card: ShareCard) -> bytes:
    """Return the picture as PNG."""
    image = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE), LIGHT.paper)
    draw = ImageDraw.Draw(image)
    _text(draw, MARGIN, 44, "oilwatch", _font(SERIF, 30), LIGHT.olive)
    _text(draw, MARGIN, 96, *_fitting(card.title, 34, rows=1), LIGHT.ink)
    number = _font(SERIF, 92)
    _text(draw, MARGIN, 142, card.number, number, LIGHT.ink)
    beside = MARGIN + number.getlength(card.number) / TWICE + 28
    _text(draw, beside, 206, card.detail, _font(SANS, 28), LIGHT.faint)
    _text(draw, MARGIN, 270, *_fitting(card.advice, 32, rows=2), TONES.get(card.tone, LIGHT.ink))
    if card.chart and card.first:
        _plot(draw, card.chart, card.first)
    _text(draw, MARGIN, 576, *_fitting(card.foot, 24, rows=1), LIGHT.faint)
    made = io.BytesIO()
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    small.quantize(128).save(made, "PNG", optimize=True)
    return made.getvalue()


def _plot(draw: ImageDraw.ImageDraw, chart: TimeChart, first: date) -> None:
    """Draw the leading line's path on a ground line, with a dot at its end."""
    draw.line(_scaled([(MARGIN, PLOT_FLOOR + 10), (WIDTH - MARGIN, PLOT_FLOOR + 10)]), fill=LIGHT.rule, width=2)
    alone = chart.showing([])
    frame = frame_of(alone, first, chart.end)
    if frame is None:
        return
    strokes = list(_strokes(alone.lines[0], frame))
    for stroke in strokes:
        draw.line(_scaled(stroke), fill=LIGHT.ink, width=4 * TWICE, joint="curve")
    x, y = strokes[-1][-1]
    draw.ellipse(_scaled([(x - 8, y - 8), (x + 8, y + 8)]), fill=LIGHT.olive)


def _strokes(line: DayLine, frame: Frame) -> Iterator[list[Point]]:
    """The points of each unbroken piece of a line: a price holds until it changes, a gap lifts the pen."""
    points: list[Point] = []
    for day, price in line.within(frame.first, frame.last):
        if price is None:
            if points:
                yield points
            points = []
        else:
            sides = (-0.5, 0.5) if line.steps else (0.0,)
            points += [_place(frame.x(day, aside=side), frame.y(price)) for side in sides]
    if points:
        yield points


def _place(x: float, y: float) -> Point:
    return MARGIN + x * (WIDTH - 2 * MARGIN), PLOT_TOP + y * (PLOT_FLOOR - PLOT_TOP)


def _scaled(points: list[Point]) -> list[Point]:
    return [(x * TWICE, y * TWICE) for x, y in points]


def _text(draw: ImageDraw.ImageDraw, x: float, y: float, text: str, font: ImageFont.FreeTypeFont, colour: str) -> None:
    draw.multiline_text((x * TWICE, y * TWICE), text, font=font, fill=colour, spacing=8 * TWICE)


def _fitting(text: str, size: int, *, rows: int) -> tuple[str, ImageFont.FreeTypeFont]:
    """Break a text into at most so many rows of the picture's width; what does not fit ends in an ellipsis."""
    font = _font(SANS, size)
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < rows:
        taken = 1
        while taken < len(words) and font.getlength(" ".join(words[: taken + 1])) <= _room():
            taken += 1
        lines.append(" ".join(words[:taken]))
        words = words[taken:]
    if lines and (words or font.getlength(lines[-1]) > _room()):
        lines[-1] = _shortened(lines[-1], font)
    return "\n".join(lines), font


def _shortened(line: str, font: ImageFont.FreeTypeFont) -> str:
    while line and font.getlength(f"{line}…") > _room():
        line = line[:-1]
    return f"{line.rstrip()}…"


def _room() -> int:
    return (WIDTH - 2 * MARGIN) * TWICE


@lru_cache(maxsize=8)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """DejaVu, which has the letters of every country with a shop; read once."""
    return ImageFont.truetype(FONTS / name, size * TWICE)
