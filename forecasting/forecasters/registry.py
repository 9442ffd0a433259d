"""The point forecasters that stand for election at every cutoff: one file and one line each."""

from __future__ import annotations

from forecasting.forecasters.base import Forecaster
from forecasting.forecasters.last_price import LastPrice
from forecasting.forecasters.producer_price_pass_through import ProducerPricePassThrough
from forecasting.forecasters.prophet_regular import ProphetRegular
from forecasting.forecasters.smoothing import Smoothing

POINT_FORECASTERS: tuple[Forecaster, ...] = (LastPrice(), ProphetRegular(), Smoothing(), ProducerPricePassThrough())
