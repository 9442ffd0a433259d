"""The unit of a chart's prices."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartUnit:
    """The currency, whether prices are per litre, and how many litres make the pack that the chart is about."""

    currency: str
    by_litre: bool
    litres: float | None = None
