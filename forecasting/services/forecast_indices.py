"""Forecast the index of every grade, currency by currency, simulated products apart from real ones."""

import zlib
from collections import defaultdict
from datetime import date

import orjson

from forecasting.market.grade_index import GradeIndex
from forecasting.models import IndexForecast, Training
from forecasting.pipeline import forecast_catalogue
from forecasting.product_forecast import ProductForecast
from forecasting.selectors.index_series import Basket, baskets, index_of
from forecasting.services.index_rows import index_row, index_values_of


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
