"""A chart over days as values: lines, forecasts and gaps, all in one unit. Pure.

A value belongs to a whole day, so that the picture, the hover and the statistics of a page say the same.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.charts.axis import price_marks
from dashboard.charts.fan import PLACES, Fan, at_level

LEAST_SPAN = 0.12  # of the price, from the axis's lowest to its highest mark: a price that hardly moves must look so
BANDS = (("95", 0.025, 0.975), ("80", 0.10, 0.90), ("50", 0.25, 0.75))
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One value a day from `start` on, None where nothing was seen; `key` is its CSS class and its name in an address.

    `steps`: a price holds until it changes; else the days are joined by straight strokes. `label` stands at its end,
    with `end_name` after it where the page is wide.
    """

    key: str
    name: str
    start: date
    values: tuple[float | None, ...]
    steps: bool = True
    shown: bool = True
    label: str = ""
    end_name: str = ""

    def within(self, first: date, last: date) -> Iterator[tuple[date, float | None]]:
        """Yield the days of the line between two days, both included."""
        begin = max((first - self.start).days, 0)
        for place, value in enumerate(self.values[begin : max((last - self.start).days + 1, 0)], begin):
            yield self.start + place * DAY, value


@dataclass(frozen=True, slots=True)
class Band:
    """The lowest and the highest value of each day that hold so many per cent of the outcomes."""

    share: str
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """The expected value of each day from the cutoff on, which has the last price; bands of the same length."""

    key: str
    name: str
    cutoff: date
    values: tuple[float, ...]
    bands: tuple[Band, ...]
    shown: bool = True

    @property
    def end(self) -> date:
        """The last day that is forecast."""
        return self.cutoff + (len(self.values) - 1) * DAY


@dataclass(frozen=True, slots=True)
class GapDays:
    """Days without a value, both ends included, and why."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class TimeChart:
    """What is drawn; the first line leads. `begin` and `end` are the first and the last day that were observed."""

    begin: date
    end: date
    lines: tuple[DayLine, ...] = ()
    forecasts: tuple[ForecastLine, ...] = ()
    gaps: tuple[GapDays, ...] = ()
    marks_low: bool = False

    def window(self, over: timedelta | None) -> tuple[date, date]:
        """The first and the last day of a time before the end, with the forecasts that are shown."""
        first = max(self.begin, self.end - over) if over else self.begin
        return first, max([self.end, *(forecast.end for forecast in self.forecasts if forecast.shown)])

    def showing(self, keys: Collection[str]) -> "TimeChart":
        """The same with these switched on, and the leading line; all others off."""
        lines = tuple(replace(line, shown=line.key in keys or not place) for place, line in enumerate(self.lines))
        return replace(
            self, lines=lines, forecasts=tuple(replace(each, shown=each.key in keys) for each in self.forecasts)
        )


def days_line(
    key: str,
    name: str,
    prices: Mapping[date, float],
    *,
    divisor: float = 1.0,
    steps: bool = True,
    label: str = "",
    end_name: str = "",
) -> DayLine:
    """Make a line of the prices of days, at least one, divided into the chart's unit; a day left out is None."""
    start = min(prices)
    known = (prices.get(start + number * DAY) for number in range((max(prices) - start).days + 1))
    values = tuple(None if price is None else round(price / divisor, PLACES) for price in known)
    return DayLine(key, name, start, values, steps=steps, label=label, end_name=end_name)


def forecast_line(fan: Fan, *, key: str, name: str, divisor: float = 1.0, shares: Sequence[str] = ()) -> ForecastLine:
    """Make a line of a forecast, its prices divided; `shares` names its bands (default: all three)."""
    wanted = [band for band in BANDS if not shares or band[0] in shares]

    def from_last(values: Sequence[float]) -> tuple[float, ...]:
        return tuple(round(value / divisor, PLACES) for value in (fan.last_price, *values))

    bands = tuple(
        Band(share, from_last(at_level(fan, low)), from_last(at_level(fan, high))) for share, low, high in wanted
    )
    return ForecastLine(key, name, fan.cutoff, from_last(fan.point), bands)


def axis_marks(chart: TimeChart, first: date, last: date, *, most: int) -> list[float]:
    """The price marks from just below all that is shown to just above it; empty where nothing is."""
    seen = [value for line in chart.lines if line.shown for _, value in line.within(first, last) if value is not None]
    for forecast in chart.forecasts:
        if forecast.shown:
            seen += [value for band in forecast.bands for side in (band.low, band.high) for value in side]
            seen += forecast.values
    if not seen:
        return []
    low, high = min(seen), max(seen)
    spare = max(LEAST_SPAN * (low + high) / 2 - (high - low), 0) / 2
    return price_marks(low * 0.99 - spare, high * 1.01 + spare, most=most)


def lowest(chart: TimeChart, first: date, last: date) -> tuple[date, float] | None:
    """The lowest value of the leading line between two days, and the latest day it had."""
    known = [(value, day) for day, value in chart.lines[0].within(first, last) if value is not None]
    if not known:
        return None
    low = min(value for value, _ in known)
    return max(day for value, day in known if value == low), low
