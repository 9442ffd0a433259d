"""Learn `forecasting/forecasters/shelf_prior.json.gz` anew from the public price sets beside the project.

Run with `python -m benchmarks.learn_shelf_prior`; the prices are read from ../shared or OILWATCH_SHARED. Rows of every
set weigh alike, however large it is. Spanish oils are left out: they are what the result is measured on.
"""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np

from benchmarks.forecasting import folder
from forecasting.features.feature_table import features_of
from forecasting.forecasters import price_fall
from forecasting.forecasters.base import History, history_at
from forecasting.forecasters.boosting import boosting, sampled_rows
from forecasting.forecasters.price_change import BIN_EDGES, TABLE, training_rows
from forecasting.forecasters.price_change import PARAMETERS as CHANGE
from forecasting.forecasters.shelf_prior import FILE
from forecasting.offline.read_prices import read_prices
from forecasting.policy.advice_days import ADVICE_DAYS
from forecasting.policy.limit_order import DAYS_LEFT, past_orders
from forecasting.policy.limit_order import PARAMETERS as SAVING
from forecasting.series import Floats

SOURCES = {
    "heissepreise_groceries_daily.csv.gz": "Austria, Slovenia, Germany: groceries 2023-24 (heissepreise, MIT)",
    "gallega_ar_daily.csv.gz": "Argentina: groceries 2026 (GALLEBOT)",
    "ocado_daily.csv.gz": "United Kingdom: a household basket 2022-24 (food-scraper)",
    "continente_pt.csv.gz": "Portugal: 11 products 2021-25 (PrecoDasCompras)",
}
HORIZON, ROWS_A_SET, STRETCH = 30, 24_000, 365
LEFT = [days for days in DAYS_LEFT if days < ADVICE_DAYS]
Rows = tuple[Floats, Floats]


def main() -> None:
    """Read, learn, write."""
    pasts = [past for name in SOURCES for past in _stretches(name)]
    spans = price_fall.spans_of("daily", HORIZON)
    changes = _pooled([training_rows(past.panel, past.features, HORIZON) for past in pasts])
    falls = _pooled([price_fall.hazard_rows(past, spans) for past in pasts])
    savings, later = (_pooled([past_orders(past, left) for past in pasts]) for left in ((ADVICE_DAYS,), LEFT))
    kinds, classes = np.unique(np.digitize(changes[1], BIN_EDGES), return_inverse=True)
    inside = [np.quantile(changes[1][classes == place], TABLE).round(6).tolist() for place in range(len(kinds))]
    small = {"num_leaves": 15, "learning_rate": 0.12, "min_data_in_leaf": 100}
    content = {
        "sources": list(SOURCES.values()),
        "horizons": np.unique(changes[0][:, -1]).tolist(),
        "spans": list(spans),
        "price_change": _booster({**CHANGE, **small, "num_class": len(kinds)}, changes[0], classes, 40),
        "price_change_returns": inside,
        "price_fall": _booster(price_fall.PARAMETERS, *falls, 50),
        "saving": _booster(SAVING, *savings, 60),
        "saving_later": _booster(SAVING, *later, 60),
    }
    FILE.write_bytes(gzip.compress(json.dumps(content).encode(), 9, mtime=0))
    print(f"{FILE.name}: {FILE.stat().st_size / 1024:.0f} kB from {len(changes[1])} windows of {len(SOURCES)} sets")


def _stretches(name: str) -> list[History]:
    """A year at a time, so that older prices teach as well as the latest."""
    panel = read_prices(folder() / name)
    features = features_of(panel)
    ends = range(panel.steps - 1, min(STRETCH, panel.steps) - 2, -STRETCH)
    return [history_at(panel, features, end) for end in ends]


def _pooled(rows: list[Rows]) -> Rows:
    """The same number of rows of every past, at most."""
    most = ROWS_A_SET * len(SOURCES) // len(rows)
    samples = [sampled_rows(len(answer), most) for _, answer in rows]
    tables = np.concatenate([table[sample] for (table, _), sample in zip(rows, samples, strict=True)])
    return tables, np.concatenate([answer[sample] for (_, answer), sample in zip(rows, samples, strict=True)])


def _booster(parameters: dict[str, Any], table: Floats, answer: Any, rounds: int) -> str:
    lightgbm = boosting()
    settings = {**parameters, "num_threads": 1}
    return str(lightgbm.train(settings, lightgbm.Dataset(table, answer), num_boost_round=rounds).model_to_string())


if __name__ == "__main__":
    main()
