"""From an index to what its chart and its table show over a time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from dashboard.charts.index_chart import IndexChart, Points
from dashboard.index_data import IndexData
from dashboard.texts.states import GRADES


@dataclass(frozen=True, slots=True)
class IndexMonth:
    """The last day of a month that had an index, with what moved since the month before."""

    day: date
    value: float
    change: float | None
    products: int
    origin: float | None


def index_chart(data: IndexData, *, over: timedelta | None) -> IndexChart:
    """Return the chart of a time before the index's last day."""
    since = data.end - over if over else data.start
    return IndexChart(
        name=str(GRADES[data.basket.grade]),
        points=_points(data, since),
        fan=data.fan,
        origin_name=gettext("producer price: %(name)s") % {"name": data.origin.name} if data.origin else "",
        origin=_origin(data, since),
    )


def index_months(data: IndexData, *, over: timedelta | None) -> list[IndexMonth]:
    """Return the same months as a table, newest first."""
    ends = {(day.year, day.month): (day, value) for day, value in _points(data, data.start)}
    origin = {(day.year, day.month): price for day, price in _origin(data, data.start)}
    since = data.end - over if over else data.start
    months: list[IndexMonth] = []
    before: float | None = None
    for month, (day, value) in ends.items():
        products = data.products[(day - data.start).days]
        months.append(IndexMonth(day, value, value / before - 1 if before else None, products, origin.get(month)))
        before = value
    return [month for month in reversed(months) if month.day >= since]


def _points(data: IndexData, since: date) -> Points:
    return [
        (day, value)
        for place, value in enumerate(data.values)
        if value is not None and (day := data.day(place)) >= since
    ]


def _origin(data: IndexData, since: date) -> Points:
    if data.origin is None:
        return ()
    return [(day, price) for day, price in zip(data.origin.days, data.origin.prices, strict=True) if day >= since]
