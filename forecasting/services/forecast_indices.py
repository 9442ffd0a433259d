"""Forecast the index of every grade, currency by currency, simulated products apart from real ones."""

from collections import defaultdict

from forecasting.grade_index import GradeIndex
from forecasting.index_series import Basket, baskets, index_of
from forecasting.portfolio import forecast_catalogue
from forecasting.product_forecast import ProductForecast


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
