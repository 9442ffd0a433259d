"""Prophet as it comes out of the box, for comparison: its defaults, Stan, and its own sampled intervals."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from forecasting.evaluation.cross_validation import live_rows
from forecasting.evaluation.cutoffs import LEAST_OBSERVED
from forecasting.forecasters.prophet_backend import quiet_stan
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS, MEDIAN, ordered
from forecasting.series import Floats

WINDOW = 1_095
Job = tuple[Floats, Floats, Floats]


def stock_prophet(
    panel: Panel,
    cutoffs: tuple[int, ...],
    horizon: int,
    *,
    n_processes: int = 1,
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[Floats, Floats]:
    """Points [series, cutoffs, horizon] and quantiles [..., 13] of one stock fit per series and cutoff.

    Where a series has no current price or too little history the last price stands in, and is not scored.
    """
    points = np.repeat(panel.prices[:, list(cutoffs), None], horizon, axis=2)
    spread = np.repeat(points[..., None], len(LEVELS), axis=-1)
    places, jobs = [], []
    days = panel.epoch_days()
    for place, cutoff in enumerate(cutoffs):
        ahead = days[cutoff] + np.arange(1, horizon + 1) * (days[1] - days[0])
        for row in np.flatnonzero(live_rows(panel, cutoff, LEAST_OBSERVED[panel.freq])):
            first = max(0, cutoff + 1 - WINDOW)
            places.append((row, place))
            jobs.append((days[first : cutoff + 1], panel.prices[row, first : cutoff + 1], ahead))
    with ProcessPoolExecutor(n_processes, mp_context=get_context("spawn")) as pool:
        for done, quantiles in enumerate(pool.map(fit_stock, jobs, chunksize=8), 1):
            row, place = places[done - 1]
            spread[row, place] = quantiles
            points[row, place] = quantiles[:, MEDIAN]
            progress(done)
    return points, spread


def fit_stock(job: Job) -> Floats:
    """Quantiles [horizon, 13] of one default Prophet for (days since 1970, prices, days ahead)."""
    import pandas as pd
    from prophet import Prophet

    days, prices, ahead = job
    quiet_stan()
    np.random.seed(0)
    model = Prophet()
    model.fit(pd.DataFrame({"ds": pd.to_datetime(days, unit="D"), "y": prices}))
    samples = model.predictive_samples(pd.DataFrame({"ds": pd.to_datetime(ahead, unit="D")}))["yhat"]
    return ordered(np.quantile(samples, LEVELS, axis=1).T)
