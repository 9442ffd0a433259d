"""Prophet's columns for the days of a calendar: made by Prophet itself, once for all products of a shop.

Seasons and holidays depend on the day alone. Building them anew takes nine tenths of a stock fit's time outside of
Stan: pandas, and the `holidays` package going through the years (measured at 1,095 days: 45 ms of 50).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from prophet import Prophet
from prophet.make_holidays import get_country_holidays_class

from forecasting.series import Floats

# Prophet's own automatic seasons: period in days and Fourier order
SEASONS = {"yearly": (365.25, 10), "weekly": (7.0, 3)}
CALENDARS = 16  # kept: a shop's at a time, and those of a few cutoffs


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The days [n] and their columns [n, p]; `owner` [p] names the season of a column, "" for a holiday."""

    days: pd.DatetimeIndex
    names: tuple[str, ...]
    columns: Floats
    prior_scales: Floats
    owner: tuple[str, ...]

    def places(self, seasons: set[str]) -> npt.NDArray[np.int64]:
        """The numbers of the columns [k] that a model with these seasons has: theirs and all holidays."""
        return np.array([place for place, owner in enumerate(self.owner) if not owner or owner in seasons], dtype=int)


@lru_cache(maxsize=CALENDARS)
def calendar_of(days: tuple[date, ...], country: str, promotions: tuple[tuple[str, date], ...]) -> Calendar:
    """The columns of `days`, ascending, with the holidays of a country and the promotion days (name, day) among them.

    A holiday that no fitted price was seen on gets no effect, as in stock Prophet: its prior keeps it at 0.
    """
    index = pd.DatetimeIndex(days)
    frame = pd.DataFrame([(name, day) for name, day in promotions], columns=["holiday", "ds"])
    model = Prophet(holidays=frame if len(frame) else None)
    if known_country(country):
        model.add_country_holidays(country)
    for name, (period, order) in SEASONS.items():
        model.add_seasonality(name, period, order)
    table, prior_scales, _, _ = model.make_all_seasonality_features(pd.DataFrame({"ds": index}))
    names = tuple(str(name) for name in table.columns)
    owner = tuple(next((season for season in SEASONS if name.startswith(f"{season}_delim_")), "") for name in names)
    return Calendar(index, names, table.to_numpy(dtype=np.float64), np.asarray(prior_scales, dtype=np.float64), owner)


@lru_cache(maxsize=256)
def known_country(country: str) -> bool:
    """Whether the `holidays` package knows the country (ISO 3166)."""
    if not country:
        return False
    try:
        get_country_holidays_class(country)
    except AttributeError:
        return False
    return True
