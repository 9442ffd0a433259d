"""A grade's index with its forecast and the producer price, gathered for the market page and its chart.

The index rests on every spell of the grade, a tenth of a second for a thousand products over three years; it
moves once a day, so it is cached for some minutes, and computed again by a worker before they are over.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from dashboard.cache import get_or_compute, store
from dashboard.charts.fan import Fan
from dashboard.charts.time_chart import DayLine, days_line
from dashboard.history import DAY, days
from dashboard.producer_price_grade import producer_price_grade
from forecasting.models import IndexForecast
from forecasting.models.published import is_stale
from forecasting.product_forecast import ForecastSkill
from forecasting.selectors.current_forecast import latest_index_forecast
from forecasting.selectors.index_series import Basket, baskets, index_of
from forecasting.selectors.producer_prices import MarketPrices, producer_prices
from scraping.volume import DENSITY

CACHED_SECONDS = 600
LONGEST_SILENCE = timedelta(days=10)  # producer prices are quoted weekly at the least: a longer silence is a gap
UNITS_IN_A_LITRE = {"kg": float(DENSITY), "l": 1.0}  # a litre of oil weighs 0.916 kg


@dataclass(frozen=True, slots=True)
class ProducerPriceLine:
    """The grade's producer price, per litre of oil."""

    name: str
    days: tuple[date, ...]
    prices: tuple[float, ...]

    def line(self, key: str) -> DayLine:
        """The quotes as a chart's line: each holds until the next, but not through a long silence."""
        held: dict[date, float] = {}
        for day, price, following in zip(self.days, self.prices, (*self.days[1:], self.days[-1] + DAY), strict=True):
            held.update(dict.fromkeys(days(day, min(following, day + LONGEST_SILENCE) - DAY), price))
        return days_line(key, gettext("Producer price: %(name)s") % {"name": self.name}, held)


@dataclass(frozen=True, slots=True)
class IndexData:
    """An index per litre, None on days it could not be computed; `products` is how many each day rests on."""

    basket: Basket
    start: date
    values: tuple[float | None, ...]
    products: tuple[int, ...]
    producer_price: ProducerPriceLine | None
    fan: Fan | None = None
    skill: ForecastSkill = field(default_factory=ForecastSkill)
    method: str = ""

    def day(self, place: int) -> date:
        """Return the day of one place."""
        return self.start + timedelta(days=place)

    @property
    def end(self) -> date:
        """Return the last day, which always has a value."""
        return self.day(len(self.values) - 1)

    def at(self, day: date) -> float | None:
        """Return the index on a day; None where there was none."""
        place = (day - self.start).days
        return self.values[place] if 0 <= place < len(self.values) else None

    @property
    def last(self) -> float:
        """Return the newest value."""
        return self.values[-1] or 0.0


def index_data(basket: Basket) -> IndexData | None:
    """Return the basket's index; None where no price per litre of it was ever seen."""
    values: dict[str, Any] = get_or_compute(_name(basket), lambda: _computed(basket), seconds=CACHED_SECONDS)
    if not values:
        return None
    start = date.fromisoformat(values["start"])
    end = start + timedelta(days=len(values["values"]) - 1)
    forecast = _fresh_forecast(basket, end)
    return IndexData(
        basket=basket,
        start=start,
        values=tuple(values["values"]),
        products=tuple(values["products"]),
        producer_price=_stored(values["producer_price"]),
        fan=_fan(forecast) if forecast else None,
        skill=forecast.skill if forecast else ForecastSkill(),
        method=forecast.method if forecast else "",
    )


def keep_indices() -> int:
    """Compute and cache every index before somebody has to wait for it; returns how many there are."""
    known = baskets()
    for basket in known:
        store(_name(basket), _computed(basket), seconds=CACHED_SECONDS)
    return len(known)


def _name(basket: Basket) -> str:
    return f"index-data:{basket.grade}:{basket.currency}:{int(basket.simulated)}"


def _computed(basket: Basket) -> dict[str, Any]:
    index = index_of(basket)
    if index is None:
        return {}
    known = max(place for place, count in enumerate(index.products) if count) + 1
    counts = index.products.tolist()[:known]
    values = [
        round(value, 4) if count else None for value, count in zip(index.values.tolist()[:known], counts, strict=True)
    ]
    return {
        "start": index.start.isoformat(),
        "values": values,
        "products": counts,
        # Real producer prices beside made-up ones on the shelf would compare nothing with something.
        "producer_price": None if basket.simulated else _storable(basket, index.start, index.day(known - 1)),
    }


def _storable(basket: Basket, first: date, last: date) -> dict[str, Any] | None:
    known = producer_price(basket.grade, basket.currency, first, last)
    if known is None:
        return None
    return {
        "name": known.name,
        "days": [day.isoformat() for day in known.days],
        "prices": list(known.prices),
    }


def _stored(values: dict[str, Any] | None) -> ProducerPriceLine | None:
    if values is None:
        return None
    return ProducerPriceLine(values["name"], tuple(map(date.fromisoformat, values["days"])), tuple(values["prices"]))


def producer_price(grade: str, currency: str, first: date, last: date) -> ProducerPriceLine | None:
    """The one series of a grade's producer price that is known best between two days, per litre; None without any."""
    fitting = [
        series
        for series in producer_prices(first, last)
        if series.currency == currency
        and series.unit in UNITS_IN_A_LITRE
        and producer_price_grade(series.name) == grade
        and series.days
    ]
    if not fitting:
        return None
    best: MarketPrices = max(fitting, key=lambda series: (len(series.days), series.name))
    factor = UNITS_IN_A_LITRE[best.unit]
    prices = tuple(round(price * factor, 4) for price in best.prices)
    return ProducerPriceLine(best.name.replace("|", " "), tuple(best.days), prices)


def _fresh_forecast(basket: Basket, end: date) -> IndexForecast | None:
    """Return the latest forecast, unless newer prices have left it behind."""
    forecast = latest_index_forecast(basket)
    return forecast if forecast and not is_stale(forecast.cutoff, end) else None


def _fan(forecast: IndexForecast) -> Fan:
    return Fan(
        cutoff=forecast.cutoff,
        last_price=forecast.last_value,
        levels=tuple(forecast.levels),
        quantiles=tuple(map(tuple, forecast.quantiles)),
        point=tuple(forecast.point),
    )
