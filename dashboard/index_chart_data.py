"""From an index to what its chart and its table show over a time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from dashboard.charts.fan import PLACES
from dashboard.charts.time_chart import DayLine, TimeChart, forecast_line
from dashboard.index_data import IndexData
from dashboard.query_params.shown_kinds import FAN, PRODUCER
from dashboard.texts.states import GRADES


@dataclass(frozen=True, slots=True)
class IndexMonth:
    """The last day of a month that had an index, with what moved since the month before."""

    day: date
    value: float
    change: float | None
    products: int
    producer_price: float | None


def index_chart(data: IndexData) -> TimeChart:
    """Return the chart of the index with its forecast and the producer price."""
    values = tuple(None if value is None else round(value, PLACES) for value in data.values)
    lines = [DayLine("index", str(GRADES[data.basket.grade]), data.start, values, steps=False)]
    if data.producer_price:
        lines.append(data.producer_price.line(PRODUCER))
    fan = (forecast_line(data.fan, key=FAN, name=gettext("Forecast")),) if data.fan else ()
    return TimeChart(begin=data.start, end=data.end, lines=tuple(lines), forecasts=fan)


def index_months(data: IndexData, *, over: timedelta | None) -> list[IndexMonth]:
    """Return the same months as a table, newest first."""
    ends = {(day.year, day.month): (day, value) for day, value in _points(data)}
    quotes = {(day.year, day.month): price for day, price in _quotes(data)}
    since = data.end - over if over else data.start
    months: list[IndexMonth] = []
    before: float | None = None
    for month, (day, value) in ends.items():
        products = data.products[(day - data.start).days]
        months.append(IndexMonth(day, value, value / before - 1 if before else None, products, quotes.get(month)))
        before = value
    return [month for month in reversed(months) if month.day >= since]


def _points(data: IndexData) -> list[tuple[date, float]]:
    return [(data.day(place), value) for place, value in enumerate(data.values) if value is not None]


def _quotes(data: IndexData) -> list[tuple[date, float]]:
    return list(zip(data.producer_price.days, data.producer_price.prices, strict=True)) if data.producer_price else []
