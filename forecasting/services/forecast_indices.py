"""Forecast the index of every grade from its products' forecasts, currency by currency, simulated products apart."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import orjson

from forecasting.index_forecast import LEAST_SHARE, IndexInputs, index_forecasts
from forecasting.market.grade_index import LONGEST_LINK, table_index
from forecasting.models import IndexForecast, Training
from forecasting.product_forecast import PastPaths, ProductForecast
from forecasting.selectors.index_series import Basket, BasketPrices, basket_prices, baskets
from forecasting.serialization.forecast_payload import figures_of
from forecasting.serialization.published_json import skill_json
from forecasting.serialization.training_result import Outcome
from forecasting.series import Floats


def forecast_indices(outcome: Outcome, *, horizon: int) -> dict[Basket, ProductForecast]:
    """What each basket's index will do by the forecasts of its products, of whichever shops were trained.

    Left out is a basket of whose current products fewer than half were forecast, because a shop failed or most are too
    young: its older forecast stays.
    """
    together: dict[tuple[str, bool], dict[Basket, IndexInputs]] = defaultdict(dict)
    past = outcome.past_paths()
    for basket in baskets():
        seen = basket_prices(basket)
        inputs = seen and _inputs(basket, seen, outcome, past, horizon)
        if inputs:
            together[basket.currency, basket.simulated][basket] = inputs
    forecasts: dict[Basket, ProductForecast] = {}
    for group in together.values():
        forecasts |= zip(group, index_forecasts(list(group.values())), strict=True)
    return forecasts


def index_values(results: Iterable[bytes], *, horizon: int) -> bytes:
    """The forecasts of all baskets by the results of the shops (`Outcome.packed`), as compressed JSON."""
    outcome = Outcome()
    for result in results if baskets() else ():  # unpacking them takes longer than all that follows
        outcome.join(_as_arrays(Outcome.unpacked(result)))
    forecasts = forecast_indices(outcome, horizon=horizon)
    return zlib.compress(orjson.dumps([index_values_of(basket, one) for basket, one in forecasts.items()]), 1)


def _as_arrays(outcome: Outcome) -> Outcome:
    """The same with no more of each forecast than an index needs, in a quarter of the memory."""
    forecasts = {
        key: {"origin": one["origin"], "last_price": one["last_price"], "quantiles": np.array(one["quantiles"])}
        for key, one in outcome.forecasts.items()
    }
    return replace(outcome, forecasts=forecasts)


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


def _inputs(
    basket: Basket, seen: BasketPrices, outcome: Outcome, past: Sequence[PastPaths], horizon: int
) -> IndexInputs | None:
    """The basket's index beside the forecasts of the products in it, from the newest day of any of them."""
    own = {key: outcome.forecasts[key] for key in map(str, seen.products) if key in outcome.forecasts}
    if not own:
        return None
    cutoff = max(payload["origin"] for payload in own.values())
    current = set(map(str, seen.current(cutoff)))
    fresh = [
        payload for key, payload in own.items() if key in current and (cutoff - payload["origin"]).days <= LONGEST_LINK
    ]
    index = table_index(seen.start, seen.prices)
    if index is None or not np.isfinite(index.level(cutoff)) or len(fresh) < max(1, LEAST_SHARE * len(current)):
        return None
    moves = np.stack([_moves(payload, (cutoff - payload["origin"]).days, horizon) for payload in fresh])
    return IndexInputs(basket.grade, index, cutoff, moves, _joined(past, set(map(str, seen.products))))


def _moves(payload: Mapping[str, Any], late: int, horizon: int) -> Floats:
    """A product's quantiles from `late` days after its own cutoff [horizon, 13], as logs relative to its last price.

    Where its forecast ends before the index's it stays where it ended.
    """
    quantiles = np.array(payload["quantiles"])
    days = np.minimum(late + np.arange(horizon), len(quantiles) - 1)
    return np.asarray(np.log(quantiles[days] / payload["last_price"]))


def _joined(past: Sequence[PastPaths], keys: set[str]) -> PastPaths:
    """The past paths of the products with these keys, of all shops on one list of days."""
    chosen = [(shop, [at for at, key in enumerate(shop.keys) if key in keys]) for shop in past]
    days = sorted({day for shop, rows in chosen if rows for day in shop.days})
    tables = []
    for shop, rows in chosen:
        table = np.full((len(days), len(rows), shop.paths.shape[2]), np.nan)
        for place, day in enumerate(shop.days if rows else ()):
            table[days.index(day)] = shop.paths[place][rows]
        tables.append(table)
    if not days:
        return PastPaths()
    names = tuple(shop.keys[at] for shop, rows in chosen for at in rows)
    return PastPaths(names, tuple(days), np.concatenate(tables, axis=1))
