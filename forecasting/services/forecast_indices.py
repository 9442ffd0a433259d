"""Forecast the index of every grade, currency by currency, simulated products apart from real ones."""

import zlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from forecasting.market.grade_index import GradeIndex
from forecasting.models import IndexForecast, Training
from forecasting.pipeline import forecast_catalogue
from forecasting.product_forecast import ProductForecast
from forecasting.selectors.index_series import Basket, baskets, index_of
from forecasting.serialization.forecast_payload import figures_of
from forecasting.serialization.published_json import skill_json


def forecast_indices(*, horizon: int) -> dict[Basket, ProductForecast]:
    """What each basket's index will do; one whose history is too short, or that ended long ago, is left out."""
    together: dict[tuple[str, bool], dict[Basket, GradeIndex]] = defaultdict(dict)
    for basket in baskets():
        if (index := index_of(basket)) is not None:
            together[basket.currency, basket.simulated][basket] = index
    forecasts: dict[Basket, ProductForecast] = {}
    for indices in together.values():
        until = max(index.end for index in indices.values())
        catalogue = [index.series(basket.grade, until) for basket, index in indices.items()]
        fitted = forecast_catalogue(catalogue, horizon=horizon)
        forecasts |= {basket: fitted.products[basket.grade] for basket in indices if basket.grade in fitted.products}
    return forecasts


def index_values(*, horizon: int) -> bytes:
    """The forecasts of all baskets as compressed JSON, for the part of a training that publishes."""
    values = [index_values_of(basket, forecast) for basket, forecast in forecast_indices(horizon=horizon).items()]
    return zlib.compress(orjson.dumps(values), 1)


def index_rows(training: Training, values: bytes) -> list[IndexForecast]:
    """What `index_values` wrote, as rows of the ledger."""
    return [
        index_row(training, {**row, "origin": date.fromisoformat(row["origin"])})
        for row in orjson.loads(zlib.decompress(values))
    ]


def index_values_of(basket: Basket, forecast: ProductForecast) -> dict[str, Any]:
    """The columns of one index forecast; an index is not for sale, so it carries no advice."""
    return {
        "grade": basket.grade,
        "currency": basket.currency,
        "simulated": basket.simulated,
        "last_value": forecast.last_price,
        "skill": skill_json(forecast.skill),
        **figures_of(forecast),
    }


def index_row(training: Training, fields: Mapping[str, Any]) -> IndexForecast:
    """The row of one index forecast."""
    values = dict(fields)
    return IndexForecast(training=training, cutoff=values.pop("origin"), **values)
