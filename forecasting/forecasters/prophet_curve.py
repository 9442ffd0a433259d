"""Prophet's curve of a product and its band: `prophet.Prophet` fitted on the daily prices, the way its users do.

Plain prices, not logs: that is what stock Prophet is given, and a person who asks for Prophet gets its curve. It can
fall below 0 on a steep trend; prices are kept above 1 % of the last one. The trend, seasons and holidays are the
package's defaults. No curve is made where there is nothing to fit: under 14 observed days, no price on the last day,
a price that never changed or that the model explains without error: stock Prophet draws a band of no width there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from forecasting.features.unit_change import in_one_unit
from forecasting.forecasters.base import gettext_noop
from forecasting.forecasters.method_forecast import MethodForecast
from forecasting.forecasters.prophet_inputs import DatedRatio, ProphetInputs
from forecasting.panel import Panel, panel_of
from forecasting.quantiles import LEVELS
from forecasting.series import Bools, Floats, Series

if TYPE_CHECKING:
    from forecasting.forecasters.prophet_calendar import Calendar

PROPHET = "prophet"
PROPHET_LABEL = gettext_noop("Prophet")
LEAST_OBSERVED = 14
Places = npt.NDArray[np.int64]
WINDOW = 1_095  # steps: older prices say nothing about the next month
LEAST_NOISE = 1e-5  # of the largest price: a fit without error has no band
LEAST_PRICE = 0.01  # of the last price
DOUBTED = 3  # outer levels on the side the price comes from stay: not every shop passes a tax on


def prophet_curve(series: Series, *, horizon: int, known: ProphetInputs) -> MethodForecast | None:
    """Prophet's forecast of the `horizon` days after the series' last one; None where there is nothing to fit."""
    return next(iter(prophet_curves([series], horizon=horizon, known=known)), None)


def prophet_curves(catalogue: Sequence[Series], *, horizon: int, known: ProphetInputs) -> Iterator[MethodForecast]:
    """The curves of the series that end on the catalogue's last day and have one, in the catalogue's order.

    Series are cut at a change of their unit, as for the published forecast. Deterministic.
    """
    panel = panel_of(in_one_unit(catalogue)[0])
    if not len(panel):
        return
    cutoff = panel.steps - 1
    quantiles = prophet_quantiles_at(panel, [cutoff], range(len(panel)), horizon, known)[:, 0]
    for row, key in enumerate(panel.keys):
        if np.isfinite(quantiles[row, 0, 0]):
            last = float(panel.prices[row, cutoff])
            yield MethodForecast(key, PROPHET, panel.day(cutoff), last, tuple(LEVELS.tolist()), quantiles[row])


def prophet_quantiles_at(
    panel: Panel, cutoffs: Sequence[int], rows: Sequence[int], horizon: int, known: ProphetInputs
) -> Floats:
    """Quantiles [rows, cutoffs, horizon, 13] in the unit of the prices; nan where there is nothing to fit.

    Prices after a cutoff are not read. `known` must have been known at each of the cutoffs: pass the tax changes
    that had been announced by then.
    """
    result = np.full((len(rows), len(cutoffs), horizon, len(LEVELS)), np.nan)
    if not len(rows) or not len(cutoffs):
        return result
    calendar = _calendar(panel, max(cutoffs) + horizon + 1, known)
    for place, row in enumerate(rows):
        steps = known.taxes.get(panel.keys[row], ())
        for number, cutoff in enumerate(cutoffs):
            prices, observed = panel.prices[row, : cutoff + 1], panel.observed[row, : cutoff + 1]
            quantiles = _quantiles(prices, observed, calendar, steps, horizon)
            if quantiles is not None:
                result[place, number] = quantiles
    return result


def load_prophet() -> None:
    """Import pandas and Prophet now: half a second that the first curve of a process takes otherwise."""
    import_module("forecasting.forecasters.prophet_model")


def _calendar(panel: Panel, steps: int, known: ProphetInputs) -> Calendar:
    from forecasting.forecasters.prophet_calendar import calendar_of

    days = tuple(panel.day(step) for step in range(steps))
    return calendar_of(days, known.country, tuple((day.name, day.day) for day in known.promotions))


def _quantiles(
    prices: Floats, observed: Bools, calendar: Calendar, taxes: Sequence[DatedRatio], horizon: int
) -> Floats | None:
    """Quantiles [horizon, 13] after the last of the prices [n]; None where there is nothing to fit."""
    from forecasting.forecasters.prophet_model import ProductProphet

    cutoff = len(prices) - 1
    first = max(0, len(prices) - WINDOW)
    rows = first + np.flatnonzero(np.isfinite(prices[first:]))
    seen = prices[rows]
    if observed[first:].sum() < LEAST_OBSERVED or np.isnan(prices[-1]) or np.ptp(seen) == 0:
        return None
    model = ProductProphet(calendar)
    model.fit_prices(rows, seen, _level_rows(calendar, taxes, rows))
    if not model.noise > LEAST_NOISE:
        return None
    quantiles = _taxed(model.quantiles(cutoff, horizon), calendar, cutoff, taxes)
    return np.asarray(np.maximum(quantiles, LEAST_PRICE * prices[-1]), dtype=np.float64)


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
