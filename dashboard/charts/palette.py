"""Colours of the Plotly charts on light and on dark paper, the same as in oilwatch.css and timeline.css.

Plotly writes colours into the picture, so a frame is asked for in the reader's colours.
"""

from dataclasses import dataclass

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode."""

    paper: str
    ink: str
    faint: str
    rule: str
    olive: str
    brick: str
    sea: str
    amber: str
    violet: str
    blue: str


LIGHT = Palette(
    paper="#faf8f2",
    ink="#1f1e1a",
    faint="#635f54",
    rule="#dcd6c6",
    olive="#56641b",
    brick="#a03a20",
    sea="#0c6a5b",
    amber="#865300",
    violet="#5b3f8c",
    blue="#1d5c9e",
)
DARK = Palette(
    paper="#181813",
    ink="#ece8db",
    faint="#a8a393",
    rule="#3a392f",
    olive="#b9c871",
    brick="#f0957b",
    sea="#72c9b8",
    amber="#e2b35a",
    violet="#bda9ee",
    blue="#8fbcf0",
)

# key of a line: the colour's name, the width and the dash
STYLES: dict[str, tuple[str, float, str]] = {
    "price": ("ink", 2, "solid"),
    "index": ("ink", 2, "solid"),
    "list": ("faint", 1.2, "4px,3px"),
    "prime": ("violet", 1.5, "solid"),
    "subscription": ("amber", 1.5, "8px,3px"),
    "coupon": ("sea", 1.5, "2px,3px"),
    "used": ("faint", 1.5, "8px,3px,2px,3px"),
    "pack1": ("brick", 1.5, "solid"),
    "pack2": ("brick", 1.5, "6px,3px"),
    "pack3": ("brick", 1.5, "2px,3px"),
    "producer_price": ("amber", 1.5, "2px,2px"),
    "fan": ("olive", 2, "solid"),
    "lstm": ("violet", 2, "3px,3px"),
    "prophet": ("blue", 2, "7px,3px"),
    "A": ("olive", 2, "solid"),
    "B": ("brick", 2, "9px,3px"),
    "C": ("violet", 2, "3px,3px"),
    "D": ("sea", 2, "14px,3px,3px,3px"),
    "E": ("amber", 2, "6px,6px"),
    "F": ("ink", 2, "1px,4px"),
}
BAND_OPACITY = {"95": 0.13, "80": 0.17, "50": 0.25}


def rgba(colour: str, opacity: float) -> str:
    """Write a colour #rrggbb with an opacity."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
