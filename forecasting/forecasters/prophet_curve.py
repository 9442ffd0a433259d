"""Prophet's curve of a product and its band: `prophet.Prophet` fitted on the daily prices, the way its users do.

Plain prices, not logs: that is what stock Prophet is given, and a person who asks for Prophet gets its curve. It can
fall below 0 on a steep trend; prices are kept above 1 % of the last one. The trend, seasons and holidays are the
package's defaults. No curve is made where there is nothing to fit: under 14 observed days, no price on the last day,
a price that never changed or that the model explains without error: stock Prophet draws a band of no width there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

import numpy as np

from forecasting.features.unit_change import in_one_unit
from forecasting.forecasters.base import gettext_noop
from forecasting.forecasters.method_forecast import MethodForecast
from forecasting.forecasters.prophet_fits import fits_at
from forecasting.forecasters.prophet_gate import grades_with_gain
from forecasting.forecasters.prophet_inputs import PRODUCER_PRICE, ProphetInputs
from forecasting.panel import Panel, panel_of
from forecasting.quantiles import LEVELS
from forecasting.series import Bools, Floats, Series

PROPHET = "prophet"
PROPHET_LABEL = gettext_noop("Prophet")


def prophet_curve(series: Series, *, horizon: int, known: ProphetInputs) -> MethodForecast | None:
    """Prophet's forecast of the `horizon` days after the series' last one; None where there is nothing to fit."""
    return next(iter(prophet_curves([series], horizon=horizon, known=known)), None)


def prophet_curves(
    catalogue: Sequence[Series], *, horizon: int, known: ProphetInputs, share: int = 0, of: int = 1
) -> Iterator[MethodForecast]:
    """The curves of the series that end on the catalogue's last day and have one, in the catalogue's order.

    Of one share of the series (numbers share, share + of, ...) or of all; whether the producer price is used is decided
    on the whole catalogue. Series are cut at a change of their unit, as for the published forecast. Deterministic.
    """
    panel = panel_of(in_one_unit(catalogue)[0])
    if not len(panel):
        return
    cutoff = panel.steps - 1
    rows = range(share, len(panel), of)
    quantiles, beside = _quantiles_at(panel, cutoff, rows, horizon, known)
    for place, row in enumerate(rows):
        if np.isfinite(quantiles[place, 0, 0]):
            last, inputs = float(panel.prices[row, cutoff]), (PRODUCER_PRICE,) if beside[place] else ()
            yield MethodForecast(
                panel.keys[row], PROPHET, panel.day(cutoff), last, tuple(LEVELS.tolist()), quantiles[place], inputs
            )


def prophet_quantiles_at(
    panel: Panel, cutoffs: Sequence[int], rows: Sequence[int], horizon: int, known: ProphetInputs
) -> Floats:
    """Quantiles [rows, cutoffs, horizon, 13] in the unit of the prices; nan where there is nothing to fit.

    Prices after a cutoff are not read, nor promotion days announced after it. The rest of `known` must have been known
    at each of the cutoffs: pass the tax changes that had been announced by then.
    """
    result = np.full((len(rows), len(cutoffs), horizon, len(LEVELS)), np.nan)
    if len(rows):
        for number, cutoff in enumerate(cutoffs):
            result[:, number], _ = _quantiles_at(panel, cutoff, rows, horizon, known)
    return result


def load_prophet() -> None:
    """Import pandas and Prophet now: half a second that the first curve of a process takes otherwise."""
    import_module("forecasting.forecasters.prophet_model")


def _quantiles_at(
    panel: Panel, cutoff: int, rows: Sequence[int], horizon: int, known: ProphetInputs
) -> tuple[Floats, Bools]:
    """Quantiles [rows, horizon, 13], and whether the producer price was a regressor [rows]."""
    grades = grades_with_gain(panel, cutoff, horizon, known)
    result = np.full((len(rows), horizon, len(LEVELS)), np.nan)
    wanted = np.array([known.grades.get(panel.keys[row], "") in grades for row in rows], dtype=bool)
    chosen = [row for row, one in zip(rows, wanted, strict=True) if one]
    if chosen:
        result[wanted] = fits_at(panel, cutoff, chosen, horizon, known, producer_price=True)
    beside = np.isfinite(result[:, 0, 0])
    others = [row for row, one in zip(rows, beside, strict=True) if not one]
    if others:
        result[~beside] = fits_at(panel, cutoff, others, horizon, known)
    return result, beside
