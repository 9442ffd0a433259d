"""Train on an exported price file, without a platform around it: a tidy CSV in, forecasts by series name out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from forecasting.forecast_context import ForecastContext
from forecasting.market.tax_steps import TaxSteps
from forecasting.pipeline import forecast_catalogue
from forecasting.serialization.training_result import Outcome
from forecasting.series import Series, fill_forward
from scraping.tidy_csv import PRICE_STEP, read_tidy_csv

LONGEST_GAP = 14  # days, as on the platform: see daily_series


def catalogues_of(path: Path, *, currency: str | None = None) -> tuple[dict[str, list[Series]], dict[str, str]]:
    """Each shop's daily series (its name stands before the first `|`), and each series' currency; raises BadFile.

    All series of a shop end on the shop's last day, as they do on the platform.
    """
    tidy = read_tidy_csv(path, currency=currency)
    days: dict[str, dict[str, dict[date, float]]] = defaultdict(dict)
    for name in sorted(tidy.prices):
        shop = name.split("|", 1)[0] if "|" in name else path.name.split(".", 1)[0]
        days[shop][name] = _by_day(tidy.prices[name])
    catalogues = {}
    for shop, of_shop in sorted(days.items()):
        until = max(max(seen) for seen in of_shop.values())
        catalogues[shop] = [_series(name, shop, seen, until) for name, seen in of_shop.items()]
    return catalogues, dict(tidy.currency)


def train_catalogues(
    catalogues: Mapping[str, list[Series]],
    *,
    horizon: int,
    taxes: TaxSteps | None = None,
    progress: Callable[[int], object] = lambda _done: None,
) -> Outcome:
    """Forecast every shop's catalogue `horizon` days ahead; the same files give the same outcome."""
    outcome, known = Outcome(), ForecastContext(taxes=taxes or {})
    for shop, catalogue in catalogues.items():
        outcome.add(shop, catalogue, forecast_catalogue(catalogue, horizon=horizon, known=known))
        progress(len(catalogue))
    return outcome


def _by_day(prices: Mapping[int, Decimal]) -> dict[date, float]:
    """The last price of each day."""
    return {
        datetime.fromtimestamp(second, UTC).date(): float(price.quantize(PRICE_STEP))
        for second, price in sorted(prices.items())
    }


def _series(name: str, shop: str, seen: Mapping[date, float], until: date) -> Series:
    start = min(seen)
    days = (start + timedelta(days=place) for place in range((until - start).days + 1))
    prices = np.array([seen.get(day, np.nan) for day in days])
    return Series(name, start, fill_forward(prices, LONGEST_GAP), np.isfinite(prices), shop)
