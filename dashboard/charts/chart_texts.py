"""The words and number formats of a chart, in the reader's language: charts know no Django."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date


def _plain_money(amount: float) -> str:
    return f"{amount:.2f}"


@dataclass(frozen=True, slots=True)
class ChartTexts:
    """What a chart says, in the reader's language.

    `kinds` names each kind of price, `methods` each forecasting method; `low` has the fields {price} and {day},
    `between` {share}, {low} and {high}.
    """

    price: str = "Price"
    list_price: str = "List price"
    kinds: Mapping[str, str] = field(default_factory=dict)
    methods: Mapping[str, str] = field(default_factory=dict)
    low: str = "low {price}, {day}"
    forecast: str = "forecast from here"
    expected: str = "expected"
    between: str = "{share} of outcomes: {low} to {high}"
    nothing: str = "No price yet."
    money: Callable[[float], str] = _plain_money
    day: Callable[[date], str] = date.isoformat
    month: Callable[[date], str] = date.isoformat
