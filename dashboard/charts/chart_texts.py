"""The words and number formats of a chart, in the reader's language: charts know no Django."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


def _plain_money(amount: float) -> str:
    return f"{amount:.2f}"


@dataclass(frozen=True, slots=True)
class ChartTexts:
    """What a chart says; `low` has the fields {price} and {day}, `expected` the fields {low}, {high} and {share}."""

    price: str = "Price"
    list_price: str = "List price"
    low: str = "low {price}, {day}"
    forecast: str = "forecast from here"
    expected: str = "expected"
    between: str = "{share} of outcomes: {low} to {high}"
    nothing: str = "No price yet."
    money: Callable[[float], str] = _plain_money
    day: Callable[[date], str] = date.isoformat
    month: Callable[[date], str] = date.isoformat
