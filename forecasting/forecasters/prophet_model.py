"""`prophet.Prophet` for one product: the package's own fit, with its columns read from a shared calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from prophet import Prophet

from forecasting.forecasters.prophet_backend import InProcessBackend, quiet_stan
from forecasting.forecasters.prophet_calendar import Calendar
from forecasting.forecasters.prophet_inputs import PRODUCER_PRICE
from forecasting.forecasters.prophet_interval import interval_offsets
from forecasting.series import Floats

if TYPE_CHECKING:
    from prophet.models import IStanBackend

Mode = Literal["additive", "multiplicative"]
Places = npt.NDArray[np.int64]

# The prior of its effect: one standard deviation of the producer price moves the shelf price by 1 % of its highest.
# Prophet's own 10 lets four months of prices explain anything by it (docs/forecasting.md).
PRODUCER_PRICE_SCALE = 0.01

quiet_stan()


class ProductProphet(Prophet):
    """Prophet with its defaults: linear trend, 25 changepoints, seasons where the history is long enough, holidays.

    Two things are not stock: the columns come from `calendar`, and the posterior's maximum is found in process
    (`InProcessBackend`; Stan for what that does not cover).
    """

    def __init__(self, calendar: Calendar) -> None:
        """Prepare a model for days of this calendar."""
        self.calendar = calendar
        super().__init__(uncertainty_samples=0)

    def _load_stan_backend(self, stan_backend: str | None) -> None:
        self.stan_backend = cast("IStanBackend", InProcessBackend())  # loads Stan when it is needed, not before

    def make_all_seasonality_features(
        self, df: pd.DataFrame
    ) -> tuple[pd.DataFrame, list[float], pd.DataFrame, dict[Mode, list[str]]]:
        """The calendar's columns of the days in `df`, then one for each added regressor, as Prophet orders them."""
        places = self.calendar.places(set(self.seasonalities))
        rows = self.calendar.days.get_indexer(pd.DatetimeIndex(df["ds"]))
        added = [df[[name]].to_numpy() for name in self.extra_regressors]
        columns = np.concatenate([self.calendar.columns[rows[:, None], places], *added], axis=1)
        names = [*(self.calendar.names[place] for place in places), *self.extra_regressors]
        scales = [props["prior_scale"] for props in self.extra_regressors.values()]
        terms = pd.DataFrame({"additive_terms": np.ones(len(names)), "multiplicative_terms": np.zeros(len(names))})
        modes: dict[Mode, list[str]] = {"additive": ["additive_terms"], "multiplicative": ["multiplicative_terms"]}
        return (
            pd.DataFrame(columns, columns=names, copy=False),
            [*self.calendar.prior_scales[places], *scales],
            terms,
            modes,
        )

    def fit_prices(self, rows: Places, prices: Floats, steps: Places, producer_price: Floats | None = None) -> None:
        """Fit prices [n] on the days at `rows` [n] of the calendar; a new level holds from each row of `steps` on.

        `producer_price` [days of the calendar] is a regressor, standardised by Prophet; it must be known on all days
        that are fitted and forecast.
        """
        frame = pd.DataFrame({"ds": self.calendar.days[rows], "y": prices})
        for number, step in enumerate(steps):
            name = f"level_{number}"
            frame[name] = (rows >= step).astype(np.float64)
            self.add_regressor(name, standardize=False)
        if producer_price is not None:
            frame[PRODUCER_PRICE] = producer_price[rows]
            self.add_regressor(PRODUCER_PRICE, prior_scale=PRODUCER_PRICE_SCALE, standardize=True)
        self.producer_price = producer_price
        self.fit(frame)

    @property
    def noise(self) -> float:
        """The standard deviation of what the model does not explain, as a share of the largest price."""
        return float(self._parameter("sigma_obs")[0])

    def quantiles(self, cutoff: int, horizon: int) -> Floats:
        """Quantiles [horizon, 13] of the days after the row `cutoff`, in the unit of the prices; the median is yhat."""
        rows = np.arange(cutoff + 1, cutoff + horizon + 1)
        ends = self._time(np.array([cutoff, cutoff + horizon]))
        step = float(ends[1] - ends[0]) / horizon
        offsets = interval_offsets(
            horizon,
            noise=self.noise,
            bend=float(np.abs(self._parameter("delta")).mean()) + 1e-8,  # as Prophet has it
            chance=len(self._changepoints) * step,
            step=step,
        )
        return np.asarray((self._expected(rows)[:, None] + offsets) * cast("float", self.y_scale), dtype=np.float64)

    def _expected(self, rows: Places) -> Floats:
        """Prophet's yhat [len(rows)] for days after every added step, as shares of the largest price."""
        seasonal = self.calendar.columns[rows[:, None], self.calendar.places(set(self.seasonalities))]
        added = [self._regressor(name, rows) for name in self.extra_regressors]
        effect = np.column_stack([seasonal, *added]) @ self._parameter("beta")
        rate, offset = self._parameter("k"), self._parameter("m")
        trend = self.piecewise_linear(self._time(rows), self._parameter("delta"), rate, offset, self._changepoints)
        return np.asarray(trend + effect, dtype=np.float64)

    def _regressor(self, name: str, rows: Places) -> Floats:
        """An added column [len(rows)] on days after every added step."""
        if name != PRODUCER_PRICE or self.producer_price is None:
            return np.ones(len(rows))
        scale = self.extra_regressors[name]
        return np.asarray((self.producer_price[rows] - scale["mu"]) / scale["std"], dtype=np.float64)

    def _time(self, rows: Places) -> Floats:
        """Prophet's time of days [len(rows)]: 0 on the first fitted day, 1 on the last."""
        since = self.calendar.days[rows] - cast("pd.Timestamp", self.start)
        return np.asarray(since / cast("pd.Timedelta", self.t_scale), dtype=np.float64)

    @property
    def _changepoints(self) -> Floats:
        return cast("Floats", self.changepoints_t)

    def _parameter(self, name: str) -> Any:
        return self.params[name][0]
