"""The words and number formats of a chart, in the reader's language: charts know no Django."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


def _plain_money(amount: float) -> str:
    return f"{amount:.2f}"


@dataclass(frozen=True, slots=True)
class ChartTexts:
    """What a chart says, in the reader's language.

    `low` has the fields {price} and {day}, `between` {share}, {low} and {high}.
    """

    low: str = "low {price}, {day}"
    forecast: str = "forecast from here"
    between: str = "{share} of outcomes: {low} to {high}"
    nothing: str = "No price yet."
    no_price: str = "no price"
    money: Callable[[float], str] = _plain_money
    day: Callable[[date], str] = date.isoformat
    month: Callable[[date], str] = date.isoformat
