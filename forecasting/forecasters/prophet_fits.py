"""Fits of Prophet at cutoffs: the quantiles that follow from what was known there, with or without a producer price."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from forecasting.forecasters.prophet_inputs import DatedRatio, ProphetInputs
from forecasting.panel import Panel
from forecasting.quantiles import LEVELS
from forecasting.series import Bools, Floats

if TYPE_CHECKING:
    from forecasting.forecasters.prophet_calendar import Calendar

LEAST_OBSERVED = 14
Places = npt.NDArray[np.int64]
WINDOW = 1_095  # steps: older prices say nothing about the next month
LEAST_NOISE = 1e-5  # of the largest price: a fit without error has no band
LEAST_PRICE = 0.01  # of the last price
DOUBTED = 3  # outer levels on the side the price comes from stay: not every shop passes a tax on


def fits_at(
    panel: Panel,
    cutoff: int,
    rows: Sequence[int],
    horizon: int,
    known: ProphetInputs,
    *,
    producer_price: bool = False,
) -> Floats:
    """Quantiles [rows, horizon, 13] in the unit of the prices; nan where there is nothing to fit.

    With `producer_price` it is a regressor, as it was known `horizon` days before each day; nan where it was not known
    on one of the days. Prices after the cutoff are not read.
    """
    result = np.full((len(rows), horizon, len(LEVELS)), np.nan)
    calendar = _calendar(panel, cutoff, horizon, known)
    column = lagged_producer_price(panel, cutoff, horizon, known) if producer_price else None
    for place, row in enumerate(rows):
        prices, observed = panel.prices[row, : cutoff + 1], panel.observed[row, : cutoff + 1]
        taxes = known.taxes.get(panel.keys[row], ())
        quantiles = _quantiles(prices, observed, calendar, taxes, horizon, column)
        if quantiles is not None:
            result[place] = quantiles
    return result


def lagged_producer_price(panel: Panel, cutoff: int, horizon: int, known: ProphetInputs) -> Floats:
    """The log of the producer price known `horizon` days before each day [cutoff + 1 + horizon]: none of the future's.

    nan where none was known.
    """
    days = cutoff + 1 + horizon
    column = np.full(days, np.nan)
    price = known.producer_price
    if price is not None:
        places = (panel.start - price.start).days - horizon + np.arange(days)
        inside = (places >= 0) & (places < len(price.prices))
        column[inside] = np.log(price.prices[places[inside]])
    return column


def _calendar(panel: Panel, cutoff: int, horizon: int, known: ProphetInputs) -> Calendar:
    from forecasting.forecasters.prophet_calendar import calendar_of

    days = tuple(panel.day(step) for step in range(cutoff + 1 + horizon))
    return calendar_of(days, known.country, known.promotions_known(panel.day(cutoff)))


def _quantiles(
    prices: Floats,
    observed: Bools,
    calendar: Calendar,
    taxes: Sequence[DatedRatio],
    horizon: int,
    producer_price: Floats | None,
) -> Floats | None:
    """Quantiles [horizon, 13] after the last of the prices [n]; None where there is nothing to fit."""
    from forecasting.forecasters.prophet_model import ProductProphet

    cutoff = len(prices) - 1
    first = max(0, len(prices) - WINDOW)
    rows = first + np.flatnonzero(np.isfinite(prices[first:]))
    seen = prices[rows]
    if observed[first:].sum() < LEAST_OBSERVED or np.isnan(prices[-1]) or np.ptp(seen) == 0:
        return None
    if producer_price is not None and not _usable(producer_price, rows, cutoff):
        return None
    model = ProductProphet(calendar)
    model.fit_prices(rows, seen, _level_rows(calendar, taxes, rows), producer_price)
    if not model.noise > LEAST_NOISE:
        return None
    quantiles = _taxed(model.quantiles(cutoff, horizon), calendar, cutoff, taxes)
    return np.asarray(np.maximum(quantiles, LEAST_PRICE * prices[-1]), dtype=np.float64)


def _usable(producer_price: Floats, rows: Places, cutoff: int) -> bool:
    """Whether the column [days] is known on the fitted rows and on all days ahead, and moved among the fitted ones."""
    fitted, ahead = producer_price[rows], producer_price[cutoff + 1 :]
    return bool(np.isfinite(fitted).all() and np.isfinite(ahead).all() and np.ptp(fitted) > 0)


def _level_rows(calendar: Calendar, taxes: Sequence[DatedRatio], rows: Places) -> Places:
    """The rows at which past taxes changed, where there are prices from before and after."""
    days = sorted({np.datetime64(step.day) for step in taxes if step.ratio != 1})
    begins = np.searchsorted(calendar.days.to_numpy(), np.array(days, dtype="datetime64[ns]"))
    return np.asarray(begins[(rows[0] < begins) & (begins <= rows[-1])], dtype=np.int64)


def _taxed(quantiles: Floats, calendar: Calendar, cutoff: int, taxes: Sequence[DatedRatio]) -> Floats:
    """Announced changes on quantiles [horizon, 13] from their day on."""
    ahead = calendar.days[cutoff + 1 : cutoff + 1 + len(quantiles)].to_numpy()
    level = np.arange(len(LEVELS))
    for step in taxes:
        day = np.datetime64(step.day)
        if day > calendar.days[cutoff].to_numpy():
            doubts = level < DOUBTED if step.ratio > 1 else level >= len(LEVELS) - DOUBTED
            moved = (ahead >= day)[:, None] & ~doubts
            quantiles = np.where(moved, quantiles * step.ratio, quantiles)
    return quantiles
