"""Everything beside its prices that a shop's forecast takes into account."""

from datetime import date, timedelta

from forecasting.forecast_context import ForecastContext
from forecasting.selectors.past_advice import past_advice
from forecasting.selectors.past_forecasts import past_forecasts
from forecasting.selectors.producer_price_of_shop import producer_price_of
from forecasting.selectors.tax_of_shop import tax_steps_of
from scraping.models import Shop


def forecast_context_of(shop: Shop, *, today: date, horizon: int) -> ForecastContext:
    """What is known on `today`, the last day of the shop's catalogue, for the `horizon` days after it."""
    return ForecastContext(
        published=past_forecasts(shop, today=today),
        realised=past_advice(shop, today=today),
        producer_price=producer_price_of(shop, until=today),
        taxes=tax_steps_of(shop, after=today, until=today + timedelta(days=horizon)),
    )
