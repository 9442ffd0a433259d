"""The last price: the reference every other forecaster must beat, and the fallback."""

from __future__ import annotations

from forecasting.forecasters.base import gettext_noop

LAST_PRICE, LAST_PRICE_LABEL = "last_price", gettext_noop("last price")
