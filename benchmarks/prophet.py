"""Our Prophet beside stock Prophet on the same series: the time of a fit with its forecast, and how far apart they are.

`python -m benchmarks.prophet`; the prices are read from ../shared or OILWATCH_SHARED. Both run in this process, one
after the other on each series, so that the ratio is of one run.
"""

import os
import statistics
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in the platform's workers; before numpy is loaded

import numpy as np

from benchmarks.forecasting import DAYS, SETS, folder, long_catalogue
from forecasting.forecasters.prophet_curve import prophet_curves
from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.offline.read_prices import read_prices
from forecasting.series import Floats, Series

SERIES, HORIZON, COUNTRY = 24, 30, "ES"
GOAL_MS, GOAL_APART = 15.0, 0.005
SHELVES = {"shelves": "Ocado basket", "markets": "Indonesian cooking oil"}
ABOUT = f"""{SERIES} series of {DAYS} days: fit, {HORIZON} days ahead, interval, holidays of {COUNTRY}, on one core.
Stock Prophet uses Stan and samples its interval. "Apart" is the median difference of the two curves, as a share of the
last price."""


def stock_curve(series: Series) -> Floats:
    """Stock Prophet's yhat [horizon], with its sampled interval made on the way."""
    import pandas as pd
    from prophet import Prophet

    model = Prophet()
    model.add_country_holidays(COUNTRY)
    known = np.isfinite(series.prices)
    days = pd.date_range(series.start, periods=len(series.prices))
    model.fit(pd.DataFrame({"ds": days[known], "y": series.prices[known]}))
    return model.predict(pd.DataFrame({"ds": pd.date_range(days[-1], periods=HORIZON + 1)[1:]}))["yhat"].to_numpy()


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    head = ["## Prophet", "", ABOUT, ""]
    if not folder().exists():
        return "\n".join([*head, "The real prices are not here (../shared or OILWATCH_SHARED): nothing was measured."])
    rows = [
        "| catalogue | ms a series | stock Prophet, ms | times as fast | apart | goal |",
        "|---|---|---|---|---|---|",
    ]
    rows += [_row(label, name) for label, name in SHELVES.items()]
    return "\n".join([*head, *rows])


def _row(label: str, name: str) -> str:
    catalogue = long_catalogue(read_prices(folder() / SETS[name]))
    chosen = catalogue[:: len(catalogue) // SERIES][:SERIES]
    known = ProphetInputs(country=COUNTRY)
    list(prophet_curves(chosen[:1], horizon=HORIZON, known=known))  # imports and the first start of Stan are nobody's
    stock_curve(chosen[0])  # fault
    began = time.perf_counter()
    curves = {curve.key: curve for curve in prophet_curves(chosen, horizon=HORIZON, known=known)}
    own = (time.perf_counter() - began) / len(chosen) * 1000
    apart, began = [], time.perf_counter()
    for series in chosen:
        expected = stock_curve(series)
        if series.key in curves:
            curve = curves[series.key]
            apart.append(float(np.median(np.abs(curve.point - expected)) / curve.last_price))
    stock = (time.perf_counter() - began) / len(chosen) * 1000
    held = own <= GOAL_MS and statistics.median(apart) < GOAL_APART
    return (
        f"| {label} | {own:.1f} | {stock:.0f} | {stock / own:.0f} x | {statistics.median(apart):.2%} "
        f"| {GOAL_MS:.0f} ms, {GOAL_APART:.1%}: {'held' if held else 'MISSED'} |"
    )


if __name__ == "__main__":
    print(section())
