"""One good and one bad forecast with the prices that came: published ones, or those of tests on the past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.cache import get_or_compute
from dashboard.charts.fan import Fan
from dashboard.history import DAY, daily
from dashboard.selectors.compare import stretches_of
from dashboard.selectors.past_scores import PastScore
from forecasting.evaluation.examples import BEFORE, HORIZON
from forecasting.models import Forecast
from forecasting.selectors.published_examples import ScoredForecast, published_examples
from forecasting.serialization.training_scores import PastExample
from scraping.models import Product

CACHED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class ExampleForecast:
    """A forecast of a pack's price, the prices around it by the day, and its error beside that of "no change"."""

    product_id: int
    name: str
    currency: str
    litres: float | None
    fan: Fan
    prices: Mapping[date, float]
    error: float
    naive: float


@dataclass(frozen=True, slots=True)
class Examples:
    """A good and a bad one of so many scored forecasts; `published`: of the record, else of tests on the past."""

    number: int
    published: bool
    good: ExampleForecast
    bad: ExampleForecast


def example_forecasts(past: Iterable[PastScore], *, simulated: bool) -> Examples | None:
    """Those of the record, or else of the tests with the most forecasts; None without either."""
    number, ids = _published_ids(simulated=simulated)
    if ids:
        forecasts = Forecast.objects.select_related("product__shop").in_bulk([one.forecast_id for one in ids.values()])
        if len({one.forecast_id for one in ids.values()} - set(forecasts)) == 0:
            return Examples(number, True, **_published(ids, forecasts))
    best = max(past, key=lambda score: score.examples[0], default=None)
    if best is None or not best.examples[1]:
        return None
    number, examples = best.examples
    products = Product.objects.select_related("shop").in_bulk([int(one.key) for one in examples.values()])
    if any(int(one.key) not in products for one in examples.values()):
        return None
    return Examples(number, False, **{name: _past(one, products[int(one.key)]) for name, one in examples.items()})


def _published_ids(*, simulated: bool) -> tuple[int, dict[str, ScoredForecast]]:
    def chosen() -> dict[str, Any]:
        number, rows = published_examples(simulated=simulated)
        return {"n": number, "rows": {name: [one.forecast_id, one.error, one.naive] for name, one in rows.items()}}

    stored = get_or_compute(f"examples:{int(simulated)}", chosen, seconds=CACHED_SECONDS)
    return stored["n"], {name: ScoredForecast(*row) for name, row in stored["rows"].items()}


def _published(ids: Mapping[str, ScoredForecast], forecasts: Mapping[int, Forecast]) -> dict[str, ExampleForecast]:
    since = min(forecast.cutoff for forecast in forecasts.values()) - timedelta(days=BEFORE)
    stretches = stretches_of({forecast.product_id for forecast in forecasts.values()}, since=since)
    examples = {}
    for name, one in ids.items():
        forecast = forecasts[one.forecast_id]
        seen = daily(stretches[forecast.product_id], max_gap=forecast.product.shop.max_gap)
        fan = Fan(
            cutoff=forecast.cutoff,
            last_price=forecast.last_price,
            levels=tuple(forecast.levels),
            quantiles=tuple(map(tuple, forecast.quantiles)),
            point=tuple(forecast.point),
        )
        examples[name] = _example(forecast.product, fan, seen, one.error, one.naive)
    return examples


def _past(one: PastExample, product: Product) -> ExampleForecast:
    begin = one.cutoff - timedelta(days=len(one.before) - 1)
    days = (begin + number * DAY for number in range(len(one.before) + len(one.actual)))
    known = zip(days, (*one.before, *one.actual), strict=True)
    fan = Fan(one.cutoff, one.last_price, one.levels, one.quantiles, one.point)
    return _example(product, fan, {day: price for day, price in known if price is not None}, one.error, one.naive)


def _example(product: Product, fan: Fan, seen: Mapping[date, float], error: float, naive: float) -> ExampleForecast:
    first, last = fan.cutoff - timedelta(days=BEFORE), fan.cutoff + timedelta(days=HORIZON)
    return ExampleForecast(
        product_id=product.pk,
        name=product.title or product.sku,
        currency=product.shop.currency,
        litres=float(product.litres) if product.litres else None,
        fan=fan,
        prices={day: price for day, price in seen.items() if first <= day <= last},
        error=error,
        naive=naive,
    )
