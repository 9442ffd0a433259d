"""What a price chart shows, as values."""

from dataclasses import dataclass, replace
from datetime import timedelta

from dashboard.charts.fan import Fan
from dashboard.history import Gap, Stretch

FAR_ABOVE = 1.3  # a list price further above every price than this would squeeze the rest


@dataclass(frozen=True, slots=True)
class KindLine:
    """The history of another kind of price, in the chart's unit."""

    kind: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class MethodLine:
    """The forecast of a named method, in the chart's unit."""

    method: str
    fan: Fan


@dataclass(frozen=True, slots=True)
class PriceChart:
    """What the chart shows; prices in one unit throughout (per litre, or for the pack)."""

    title: str
    stretches: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]
    max_gap: timedelta
    fan: Fan | None = None
    gap_reasons: tuple[str, ...] = ()
    kinds: tuple[KindLine, ...] = ()
    methods: tuple[MethodLine, ...] = ()

    @property
    def highest(self) -> float:
        """Return the highest price there was, 0 without any."""
        return max((stretch.price or 0.0 for stretch in self.stretches), default=0.0)

    @property
    def listed(self) -> tuple[Stretch, ...]:
        """Return the stretches with the list price for a price, None where it lies too far above."""
        limit = self.highest * FAR_ABOVE
        return tuple(
            replace(s, price=s.list_price if s.list_price and s.list_price <= limit else None) for s in self.stretches
        )
